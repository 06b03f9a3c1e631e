/** A process that decides incidents from the first report to the end, as the handlers would, with nothing of the database. */
import { resolve } from 'node:path';
import { readBureau } from '../../src/config/bureau';
import { readRulebooks } from '../../src/config/rulebooks';
import { deadlines } from '../../src/core/deadlines/deadlines';
import type { IncidentCommand } from '../../src/core/incident/commands';
import { decide } from '../../src/core/incident/decide';
import { evolve } from '../../src/core/incident/evolve';
import type { IncidentState } from '../../src/core/incident/state';
import { openAsks } from '../../src/core/incident/state';
import { MINUTE } from '../../src/core/instant';
import type { Rulebook } from '../../src/core/plans/rulebook';
import { NO_FIELDS } from '../../src/core/report/fields';
import type { PersonId, Roster } from '../../src/core/roster/roster';
import { sha256 } from '../../src/wiring/chance';
import { answerParent } from '../child';

/** `plain`: decide and evolve; `timed`: and every deadline before and after, as each command of the bot asks for. */
export type Deciding = 'plain' | 'timed';

export interface Decided {
  readonly seconds: number;
  readonly commands: number;
}

const HERE = configured();

answerParent<number, Decided>(async (count) => {
  const timed = process.env.BENCH_WAY === 'timed';
  const begun = performance.now();
  let commands = 0;
  while (commands < count) commands += oneIncident(timed);
  return { seconds: (performance.now() - begun) / 1000, commands };
});

/** One incident with 300 commands: called, answered, reported on, escalated once, ended. Answers how many were accepted. */
function oneIncident(timed: boolean): number {
  let state: IncidentState | null = null;
  let version = 0;
  let at = START;
  const act = (person: PersonId, command: IncidentCommand): void => {
    at += MINUTE;
    const envelope = { command, actor: { person, room: 'hq', conversation: 'hq' }, at, seed: `s${at}` };
    const decision = decide(HERE, state, envelope);
    if (decision.is !== 'events') throw new Error(`${command.type} was answered with ${JSON.stringify(decision)}`);
    if (timed && state !== null) deadlines(HERE.rules, state);
    for (const event of decision.events) {
      version += 1;
      state = evolve(state, { version, at, event });
    }
    if (timed && state !== null) deadlines(HERE.rules, state);
  };
  act('duty1', { type: 'ReportIncident', n: 1, receivedAt: at, ...told('report'), suggestion: UNGRADED });
  act('director', { type: 'SetLevel', rank: 3, reason: words('level'), confirmed: true });
  act('director', { type: 'ActivateResponse', confirmed: true });
  for (const { person } of openAsks(state as unknown as IncidentState)) act(person, { type: 'Acknowledge', call: null, via: 'text' });
  for (let i = 0; i < PROGRESS; i++) act(i % 2 === 0 ? 'site1' : 'coord1', { type: 'ReportProgress', text: words(`progress-${i}`) });
  act('duty1', { type: 'SupplementIncident', how: 'supplement', ...told('more') });
  act('director', { type: 'ChangeLevel', rank: 2, reason: words('graver'), confirmed: true });
  for (let i = 0; i < PROGRESS; i++) act('site1', { type: 'ReportProgress', text: words(`later-${i}`) });
  act('director', { type: 'TerminateResponse', reason: words('end'), confirmed: true });
  return Math.round((at - START) / MINUTE);
}

const START = Date.parse('2026-11-22T09:00:00+08:00');
const PROGRESS = 140;

const UNGRADED = { plan: null, category: null, categoryGround: null, rank: null, grounds: [] };

function told(id: string) {
  return { text: words(id), fields: NO_FIELDS, facts: [] };
}

function words(id: string): { readonly id: string; readonly commitment: string } {
  return { id, commitment: `c-${id}` };
}

function configured(): { readonly rules: Rulebook; readonly roster: Roster } {
  const bureau = readBureau(resolve('config/sample-bureau'));
  const packs = readRulebooks(resolve('config'), 'standard', sha256);
  if (bureau.is === 'faults' || packs.is === 'faults') throw new Error('the sample configuration has faults');
  const found = packs.rulebooks.find(({ rulebook }) => rulebook.pack.level_scheme === 'graded');
  if (found === undefined) throw new Error('no shipped plan has levels');
  return { rules: found.rulebook, roster: bureau.roster };
}
