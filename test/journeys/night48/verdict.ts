/** The night held against the table, both ways: what was sent, what must not happen, which deadlines there are and how each ended. */
import { expect } from '@jest/globals';
import { type Instant, MINUTE } from '../../../src/core/instant';
import { expectedRows, type Row } from '../../support/csv';
import type { DutyRoom, Seen } from '../../support/dutyRoom';
import { doubled } from './differences';
import { expectedEffects, lineOf, observedEffects } from './effects';

/** Everything at once, so that a difference is seen beside the others. */
export async function nightIsAsWritten(duty: DutyRoom, zero: Instant): Promise<void> {
  const { messages } = await duty.messages();
  const [wanted, found] = [expectedEffects().map(lineOf), observedEffects(messages, zero).map(lineOf)];
  expect({ missing: without(wanted, found), extra: without(found, wanted) }).toEqual({ missing: [], extra: [] });
  nobodyElseIsTroubled(messages);
  expect(doubled(messages)).toEqual([]);
  const rows = await deadlinesOf(duty);
  const [owed, kept] = [expectedRows('night48_deadlines.csv').map(ofTable), rows.map((row) => ofProduct(row, zero))];
  expect(without(owed, kept)).toEqual([]);
  expect(
    without(
      rows.filter(wasHeard).map((row) => ofProduct(row, zero)),
      owed,
    ),
  ).toEqual([]);
}

function without(all: readonly string[], others: readonly string[]): readonly string[] {
  return all.filter((one) => !others.includes(one));
}

/** Rows `none`: rooms and people of other matters hear nothing at all, not even of the clock. */
function nobodyElseIsTroubled(messages: readonly Seen[]): void {
  const rows = expectedRows('night48_expected.csv').filter(({ what }) => what === 'none');
  const rooms = rows.flatMap(({ room = '' }) => room.split(' ')).filter((room) => room !== '');
  const people = rows
    .flatMap(({ private_to = '', says }) => (says?.includes('nothing but') ? [] : private_to.split(' ')))
    .filter((one) => one !== '');
  const heard = messages.filter((m) => m.fromBot && (rooms.includes(m.room) || people.includes(m.room.replace(/^dm:/, ''))));
  expect([rooms.length, people.length, heard.map((m) => [m.room, m.text])]).toEqual([8, 3, []]);
  expect(messages.flatMap((m) => m.pinged).filter((person) => people.includes(person))).toEqual([]);
}

interface Shown {
  readonly key: string;
  readonly kind: string;
  readonly owner: string;
  readonly baseAt: string;
  readonly dueAt: string;
  readonly stage: number;
  readonly status: string;
}

async function deadlinesOf(duty: DutyRoom): Promise<readonly Shown[]> {
  return ((await duty.api('/api/v1/incidents/1')).body as unknown as { deadlines: readonly Shown[] }).deadlines;
}

/** Posts of the sample bureau, where the product names a role and the table its holder. */
const HOLDERS: Readonly<Record<string, string>> = {
  duty_officer: 'duty1',
  section_in_charge: 'cons2',
  press_section: 'press1',
  commander: 'director',
  archive_keeper: 'archive1',
};

function ofProduct({ kind, owner, baseAt, dueAt, status }: Shown, zero: Instant): string {
  const [base, due] = [baseAt, dueAt].map((at) => Math.floor((Date.parse(at) - zero) / MINUTE));
  const who = HOLDERS[owner] ?? owner;
  return `${kind} ${who} ${base} to ${due} ${status}`;
}

/** Tasks of the plan to others than the groups called are shown and stay silent: the table has no rows for them. */
function wasHeard({ kind, stage }: Shown): boolean {
  return kind !== 'task_done' || stage > 0;
}

function ofTable({ key = '', owner = '', base_minute, due_minute, outcome = '' }: Row): string {
  const kind = key === 'plan_task' ? 'task_done' : key === 'window' ? 'casualty_update' : key;
  const who = kind === 'casualty_update' ? 'cons2' : owner;
  return `${kind} ${who} ${base_minute} to ${due_minute} ${outcome === 'running' ? 'open' : outcome}`;
}
