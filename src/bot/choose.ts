/** Which incident a message means: the number typed, else the one quoted, else the only open one that can be meant here, else a question. */

import { refuse } from '../core/incident/refusal';
import { ENDED, hasEnded, type IncidentState, openAsks, rankOf } from '../core/incident/state';
import { visibleInRoom, visibleToPerson } from '../core/incident/visibility';
import { levelOf } from '../core/plans/rulebook';
import { type KnownIncident, peekIncident } from '../handlers/incident';
import type { ListedIncident, Reply } from './reply';
import type { Turn } from './turn';

/** An incident as it stands, in the shape of this program. */
export type SeenIncident = KnownIncident & { readonly state: IncidentState };

export type Choice =
  | { readonly is: 'chosen'; readonly stream: string }
  | { readonly is: 'reply'; readonly reply: Reply; readonly candidates: readonly SeenIncident[] };

/** `asked` prefers incidents that wait for an answer of this very person. Locks nothing. */
export async function chooseIncident(turn: Turn, n: number | null, asked: boolean): Promise<Choice> {
  if (n !== null) return byNumber(turn, n);
  const open = await openHere(turn);
  const waiting = asked ? open.filter((row) => openAsks(row.state).some((ask) => ask.person === turn.person)) : [];
  const candidates = waiting.length > 0 ? waiting : open;
  const [only] = candidates;
  if (only === undefined)
    return { is: 'reply', reply: refuse('no_open_incident', '这里没有在办事件。', '要上报请直接写明时间、地点和事由'), candidates };
  if (candidates.length === 1) return { is: 'chosen', stream: only.id };
  return { is: 'reply', reply: { is: 'choice', incidents: await Promise.all(candidates.map((row) => listing(turn, row))) }, candidates };
}

async function byNumber(turn: Turn, n: number): Promise<Choice> {
  const stream = await turn.tx.streamByN('incident', n, 'real');
  const row = stream === null ? null : await peekIncident(turn.tx, stream);
  if (row === null || row.state === null || !seen(turn, row.state))
    return { is: 'reply', reply: refuse('no_incident', `没有您可以办理的事件 #${n}。`, '输入 列表 查看在办事件'), candidates: [] };
  return { is: 'chosen', stream: row.id };
}

/** Open incidents that this room, or this person in a private chat, may see; oldest first. */
export async function openHere(turn: Turn): Promise<readonly SeenIncident[]> {
  const ids = await turn.tx.streamsNotIn('incident', ENDED);
  const rows = await Promise.all(ids.map(({ id }) => peekIncident(turn.tx, id)));
  return rows.filter(isBegun).filter(({ state }) => !hasEnded(state) && seen(turn, state));
}

/** May this incident be seen by who speaks, where it is spoken? */
export function seen({ roster, item, person }: Turn, state: IncidentState): boolean {
  if (item.room === null && item.chat.kind === 'group') return false;
  const room = item.room === null ? undefined : roster.rooms.get(item.room);
  if (room !== undefined) return visibleInRoom(room, state);
  return person !== null && visibleToPerson(roster, person, state);
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
