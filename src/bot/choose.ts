/** Which incident a message means: the number typed, else the one quoted, else the only open one that can be meant here, else a question. */

import { hasAnyRole } from '../core/incident/authority';
import { refuse } from '../core/incident/refusal';
import { ENDED, hasEnded, type IncidentState, openAsks, rankOf } from '../core/incident/state';
import { visibleInRoom } from '../core/incident/visibility';
import { levelOf } from '../core/plans/rulebook';
import { readKind } from '../core/report/read';
import { may, noRole } from '../core/rights/may';
import { type KnownIncident, peekIncident } from '../handlers/incident';
import type { ListedIncident, Reply } from './reply';
import type { Turn } from './turn';

/** An incident as it stands, in the shape of this program. */
export type SeenIncident = KnownIncident & { readonly state: IncidentState };

export type Choice =
  | { readonly is: 'chosen'; readonly stream: string }
  | { readonly is: 'reply'; readonly reply: Reply; readonly candidates: readonly SeenIncident[] };

/** What somebody wants with the incident: to read it, to answer what he was asked, or anything else. */
export type Wish = 'read' | 'answer' | 'act';

/** `answer` prefers incidents that wait for an answer of this very person. Locks nothing. */
export async function chooseIncident(turn: Turn, n: number | null, wish: Wish): Promise<Choice> {
  if (n !== null) return byNumber(turn, n, wish);
  const open = await openHere(turn, wish);
  const waiting = wish === 'answer' ? open.filter((row) => openAsks(row.state).some((ask) => ask.person === turn.person)) : [];
  const candidates = waiting.length > 0 ? waiting : open;
  const [only] = candidates;
  if (only === undefined)
    return { is: 'reply', reply: refuse('no_open_incident', '这里没有在办事件。', '要上报请直接写明时间、地点和事由'), candidates };
  if (candidates.length === 1) return { is: 'chosen', stream: only.id };
  return { is: 'reply', reply: { is: 'choice', incidents: await Promise.all(candidates.map((row) => listing(turn, row))) }, candidates };
}

async function byNumber(turn: Turn, n: number, wish: Wish): Promise<Choice> {
  const [row] = await incidentsMeant(turn, n, wish);
  if (row === undefined)
    return { is: 'reply', reply: refuse('no_incident', `没有您可以办理的事件 #${n}。`, '输入 列表 查看在办事件'), candidates: [] };
  return { is: 'chosen', stream: row.id };
}

/** A whole report behind a word that would be a verb of an incident (舆情：…, 续报：…), where there is none to add it to. */
export async function isHeading(turn: Turn, rest: string): Promise<boolean> {
  return rest.length >= LEAST_REPORT && readKind(rest) === 'report' && (await openHere(turn)).length === 0;
}

/** Fewer characters are a reason or a remark. */
const LEAST_REPORT = 20;

/** 列表: what whoever asks may read here. */
export async function listed(turn: Turn): Promise<Reply> {
  if (turn.person === null || !hasAnyRole(turn.roster, turn.person)) return noRole();
  return { is: 'list', incidents: await Promise.all((await openHere(turn, 'read')).map((row) => listing(turn, row))) };
}

/** The incident of that number, ended or not, else all that are open here; none that may not be seen. */
export async function incidentsMeant(turn: Turn, n: number | null, wish: Wish): Promise<readonly SeenIncident[]> {
  if (n === null) return openHere(turn, wish);
  const stream = await turn.tx.streamByN('incident', n, 'real');
  const row = stream === null ? null : await peekIncident(turn.tx, stream);
  return isBegun(row) && (await seen(turn, row, wish)) ? [row] : [];
}

/** Open incidents that this room, or this person in a private chat, may see; oldest first. */
export async function openHere(turn: Turn, wish: Wish = 'act'): Promise<readonly SeenIncident[]> {
  const ids = await turn.tx.streamsNotIn('incident', ENDED);
  const rows = await Promise.all(ids.map(({ id }) => peekIncident(turn.tx, id)));
  const open = rows.filter(isBegun).filter(({ state }) => !hasEnded(state));
  const see = await Promise.all(open.map((row) => seen(turn, row, wish)));
  return open.filter((_, i) => see[i]);
}

/** Does an incident wait here for an answer of this very person? Locks nothing. */
export async function isAskedHere(turn: Turn): Promise<boolean> {
  const { person, item } = turn;
  const here = await openHere(turn, 'answer');
  return here.some(({ state }) =>
    openAsks(state).some((ask) => ask.person === person && (item.room === null || ask.room === null || ask.room === item.room)),
  );
}

/**
 * In a room what the room may see, read by whoever has a role; in a private chat and over the API what the person may read, or, to tell
 * more, has reported.
 */
async function seen({ roster, item, person, deps, tx, at, caller }: Turn, row: SeenIncident, wish: Wish): Promise<boolean> {
  if (item.room === null && item.chat.kind === 'group') return false;
  const room = item.room === null ? undefined : roster.rooms.get(item.room);
  if (room !== undefined && wish !== 'read') return visibleInRoom(room, row.state);
  if (person === null || caller === null) return false;
  if (room !== undefined) return visibleInRoom(room, row.state) && hasAnyRole(roster, person);
  const matter = { rules: await deps.rulebooks.of(tx, row.rulebook), state: row.state, at };
  return may(caller, 'read_incident', matter).is === 'yes' || (wish !== 'read' && may(caller, 'supplement', matter).is === 'yes');
}

function isBegun(row: KnownIncident | null): row is SeenIncident {
  return row !== null && row.state !== null;
}

/** What a list shows of an incident: number, county, level. */
export async function listing(turn: Turn, row: SeenIncident): Promise<ListedIncident> {
  const { state } = row;
  const rules = await turn.deps.rulebooks.of(turn.tx, row.rulebook);
  const graded = rules.pack.level_scheme !== 'none';
  return {
    n: row.n,
    county: turn.roster.counties.find((c) => c.id === state.county)?.names[0] ?? null,
    level: graded ? (levelOf(rules, rankOf(state))?.zh ?? rules.pack.ungraded.zh) : null,
  };
}
