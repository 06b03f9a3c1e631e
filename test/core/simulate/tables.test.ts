/** Every row of the simulated tables is in the simulation, and nothing of the simulation is missing in the tables; what differs is pinned with its reason. */
import { describe, expect, test } from '@jest/globals';
import type { Story } from '../../../src/core/simulate/story';
import { expectedRows, type Row } from '../../support/csv';
import { NETWORK, RULES } from '../builders';
import { signsOf, signsOfRow, simulated } from './tables';

interface Case {
  readonly file: string;
  readonly plan: 'consumer' | 'network';
  readonly story: Story;
  readonly rank: number | null;
  readonly hours: number;
  readonly rows: readonly Row[];
}

function caseOf(file: string, plan: Case['plan'], story: Story, rank: number | null, hours = 6): Case {
  return { file, plan, story, rank, hours, rows: expectedRows(file) };
}

const DECISION = 'simulate_unanswered_decision.csv';
const CASES: readonly Case[] = [
  ...[1, 2, 3, 4].map((rank) => caseOf(`simulate_consumer_level${rank}.csv`, 'consumer', 'activated', rank, rank === 2 ? 48 : 6)),
  caseOf('simulate_network.csv', 'network', 'activated', null),
  caseOf('simulate_consumer_unanswered_report.csv', 'consumer', 'unanswered_report', null),
  caseOf('simulate_network_unanswered_report.csv', 'network', 'unanswered_report', null),
  ...[1, 2, 3, 4].map((rank) => ({
    ...caseOf(DECISION, 'consumer', 'unanswered_decision', rank, 9),
    rows: expectedRows(DECISION).filter((row) => row.level === String(rank)),
  })),
  {
    ...caseOf(DECISION, 'network', 'unanswered_decision', null, 9),
    rows: expectedRows(DECISION).filter((row) => row.level === 'level_free'),
  },
];

const START: Readonly<Record<Story, number>> = { activated: 600, unanswered_report: 570, unanswered_decision: 590 };

describe('模拟和手写的表逐行相同', () => {
  test.each(CASES.map((one) => [`${one.file} ${one.rank ?? ''}`, one] as const))('%s', (_name, one) => {
    const { plan, story, rank, hours, rows } = one;
    expect(rows.length).toBeGreaterThan(10);
    const rules = plan === 'consumer' ? RULES : NETWORK;
    const found = signsOf(simulated({ rules, story, rank, minutes: hours * 60 }));
    const wanted = rows.flatMap((row) => signsOfRow(row, plan, START[story])).sort();
    expect({ missing: without(wanted, found), extra: without(found, wanted) }).toEqual({ missing: [], extra: [] });
  });
});

/** Of equal signs as many are taken away as the other list has. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return all.filter((one) => {
    const i = left.indexOf(one);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
}
