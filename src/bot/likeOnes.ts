/** Which open incidents of the last days a new report may be the same matter as: facts for the offer of 并案. */
import { LIKE_ENOUGH, sameMatter, type Told } from '../core/grading/sameMatter';
import type { Suggestion } from '../core/grading/suggest';
import { countyIdOf } from '../core/incident/decide/reportIncident';
import { ENDED, type IncidentState } from '../core/incident/state';
import { visibleInRoom } from '../core/incident/visibility';
import { HOUR } from '../core/instant';
import type { Reading } from '../core/report/fields';
import { peekIncident } from '../handlers/incident';
import type { Turn } from './turn';

/** A hotline hands on what people told it for two days. */
const WITHIN = 48 * HOUR;
/** So many of the newest are looked at, so that a flood of reports does not slow each of them down. */
const LOOKED_AT = 20;
/** More than three are no offer but a list. */
const OFFERED = 3;

/** Numbers, the likest first; only of incidents that may be seen where the report was made. Locks nothing. */
export async function likeOnes(turn: Turn, words: string, reading: Reading, suggestion: Suggestion): Promise<readonly number[]> {
  const { tx, heardAt, roster } = turn;
  const county = countyIdOf(roster, reading.fields.district?.value ?? null);
  const ids = await tx.incidentsSince({ mode: 'real', since: heardAt - WITHIN, statuses: ENDED, county }, LOOKED_AT);
  const states = (await Promise.all(ids.map((id) => peekIncident(tx, id)))).flatMap((row) => row?.state ?? []).filter(seenFrom(turn));
  if (states.length === 0) return [];
  const texts = await tx.texts(states.map((state) => state.text.id));
  const told: Told = { county, place: reading.fields.place?.value ?? null, category: suggestion.category, words };
  return states
    .map((state) => ({ n: state.n, score: sameMatter(told, toldOf(state, texts.get(state.text.id) ?? '')) }))
    .filter(({ score }) => score >= LIKE_ENOUGH)
    .sort((a, b) => b.score - a.score || a.n - b.n)
    .slice(0, OFFERED)
    .map(({ n }) => n);
}

/** A county's room is offered nothing of another county. */
function seenFrom({ roster, item }: Turn): (state: IncidentState) => boolean {
  const room = item.room === null ? undefined : roster.rooms.get(item.room);
  return (state) => room === undefined || visibleInRoom(room, state);
}

function toldOf(state: IncidentState, words: string): Told {
  return { county: state.county, place: state.fields.place?.value ?? null, category: state.suggestion.category, words };
}
