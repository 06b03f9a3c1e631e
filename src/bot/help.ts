/** 帮助: what this person can type in this place at this moment. Nothing is written: every verb is tried on the core, which alone knows who may. */
import { decide as decideOnShift } from '../core/duty/decide';
import type { DutyState } from '../core/duty/state';
import { hasAnyRole } from '../core/incident/authority';
import { type Refusal, refuse } from '../core/incident/refusal';
import type { Rulebook } from '../core/plans/rulebook';
import type { RoomKind } from '../core/roster/roster';
import { obligationsNow, openedShift } from '../handlers/duty';
import type { InboxOutcome } from '../ports/inbox';
import { incidentsMeant, type SeenIncident } from './choose';
import { mayReadLog } from './dutyRoom';
import { asksWords, NOTHING, whyNotOn } from './possible';
import { answer, type Turn } from './turn';
import { nearestVerbs } from './verbs/nearest';
import { parse } from './verbs/parse';
import type { VerbRow } from './verbs/row';
import type { DutyRow } from './verbs/standing';
import { dutyVerb, plainVerb, VERBS, verbOf } from './verbs/table';

/** 帮助, 帮助 全部, 帮助 定级; about the incident whose number is typed, else about those that are open here. */
export async function showHelp(turn: Turn, rest: string, n: number | null): Promise<InboxOutcome> {
  if (/^(?:全部|所有)/u.test(rest)) return answer(turn, { is: 'help', verbs: VERBS.map((row) => row.verb) });
  const scene = await sceneOf(turn, n);
  if (rest !== '') return explain(scene, rest);
  const usable: string[] = [];
  for (const row of VERBS) if ((await possible(scene, row)) === null) usable.push(row.verb);
  return answer(turn, { is: 'help_here', incidents: scene.incidents.map((one) => one.n), verbs: usable });
}

/** One verb with everything about it, and whether it would work now. */
async function explain(scene: HelpScene, rest: string): Promise<InboxOutcome> {
  const near = nearestVerbs(rest);
  const row = verbOf(parse(rest).verb ?? near[0]?.row.verb ?? '');
  if (row === undefined) return answer(scene.turn, refuse('unknown_verb', '没有这个指令。', '帮助 全部'));
  const why = await possible(scene, row);
  return answer(scene.turn, { is: 'help_verb', verb: row.verb, now: why === null ? null : why.zh });
}

/** What help looks at, read once. */
interface HelpScene {
  readonly turn: Turn;
  readonly place: RoomKind | null;
  readonly incidents: readonly SeenIncident[];
  /** May one of them be read here by this person? */
  readonly reads: boolean;
  readonly rules: ReadonlyMap<string, Rulebook>;
  readonly shift: { readonly state: DutyState; readonly rules: Rulebook } | null;
  readonly hasCode: boolean;
  readonly readsLog: boolean;
}

async function sceneOf(turn: Turn, n: number | null): Promise<HelpScene> {
  const { tx, deps, item, person, roster } = turn;
  const incidents = await incidentsMeant(turn, n, 'act');
  const reads = (await incidentsMeant(turn, n, 'read')).length > 0;
  const rules = new Map<string, Rulebook>();
  for (const { rulebook } of incidents) rules.set(rulebook, await deps.rulebooks.of(tx, rulebook));
  const prompt = person === null ? null : await tx.openPrompt(turn.place, person);
  const shift = await openedShift(tx);
  return {
    ...{ turn, incidents, reads, rules, hasCode: prompt?.kind === 'code', readsLog: mayReadLog(turn, shift?.state ?? null) },
    place: item.room === null ? (item.chat.kind === 'group' ? null : 'private') : (roster.rooms.get(item.room)?.kind ?? null),
    shift: shift === null ? null : { state: shift.state, rules: await deps.rulebooks.of(tx, shift.row.rulebook) },
  };
}

/** Null where it works; else why not. */
async function possible(scene: HelpScene, row: VerbRow): Promise<Refusal | null> {
  if (scene.place === null ? row.verb !== 'report' : !row.where.includes(scene.place)) return NOT_HERE;
  const onShift = dutyVerb(row.verb);
  if (onShift !== undefined) return tryOnShift(scene, onShift);
  return row.build === null ? plainly(scene, row.verb) : tryOnIncidents(scene, row);
}

const NOT_HERE = refuse('verb_needed', '不在这个群里办理。');

function plainly({ turn, reads, hasCode, readsLog }: HelpScene, verb: string): Refusal | null {
  switch (plainVerb(verb)) {
    case 'confirm':
      return hasCode ? null : NOTHING;
    case 'status':
    case 'owed':
    case 'board':
      return reads ? null : NOTHING;
    case 'duty_log_shown':
      return readsLog ? null : refuse('not_authorised', '值班日志由值班人员查看。');
    case 'list':
    case 'register':
      return turn.person !== null && hasAnyRole(turn.roster, turn.person) ? null : NOTHING;
    default:
      return null;
  }
}

function tryOnIncidents(scene: HelpScene, row: VerbRow): Refusal | null {
  const reasons = scene.incidents.map(({ rulebook, state }) => {
    const rules = scene.rules.get(rulebook);
    return rules === undefined ? NOTHING : whyNotOn(scene.turn, rules, state, row);
  });
  return reasons.includes(null) ? null : (reasons[0] ?? NOTHING);
}

/** Without a shift nothing but its opening. */
async function tryOnShift({ turn, shift }: HelpScene, row: DutyRow): Promise<Refusal | null> {
  const { tx, deps, roster, actor, at, seed } = turn;
  const [current] = deps.rulebooks.current;
  if (shift === null) {
    if (current === undefined || row.verb !== 'open_shift') return refuse('no_shift', '当前没有值班班次。');
    const opened = decideOnShift({ rules: current, roster }, null, { command: { type: 'OpenShift', n: 0, left: null }, actor, at, seed });
    return opened.is === 'refusal' ? opened : null;
  }
  const said = { turn, ...shift, obligations: () => obligationsNow(tx, deps, roster, at) };
  let why: Refusal = NOTHING;
  for (const rest of row.dutySamples(said)) {
    const made = await row.onShift({ ...said, rest, confirmed: false });
    const envelope = { actor, at, seed };
    const tried =
      made.is === 'refusal' ? made : decideOnShift({ rules: shift.rules, roster }, shift.state, { ...envelope, command: made.command });
    if (tried.is !== 'refusal' || asksWords(tried)) return null;
    why = tried;
  }
  return why;
}
