/** What was sent did not arrive: the stand-in is called at once, the duty room is told whom to ring. Nobody is blamed, no deadline is touched. */
import type { PersonId } from '../../roster/roster';
import { dutyRooms, keeping, unique, withIds } from '../audience';
import type { CommandOf, Envelope } from '../commands';
import type { Unreached } from '../events/work';
import { type AskState, hasEnded, type IncidentState, openAsks } from '../state';
import { toRing } from './cannotCome';
import { standInsOf } from './ringDeadlines';
import { type Decision, happened, type Scene } from './scene';

/** The way itself is out of order or used up: that says nothing about the person, and no stand-in is called for it. */
const OUT_OF_ORDER: readonly string[] = ['carrier_down', 'no_channel', 'quota'];

/**
 * Looks again under the lock: who has answered meanwhile is reached, and what is known of an ask already is not told twice. Answers no
 * events then. May run twice.
 */
export function reportUnreached(
  scene: Scene,
  state: IncidentState,
  { at, seed }: Envelope,
  { tried }: CommandOf<'ReportUnreached'>,
): Decision {
  if (hasEnded(state)) return happened();
  const waiting = openAsks(state);
  const fresh = tried.filter((one) => scene.roster.people.has(one.person) && isNews(state, waiting, one));
  if (fresh.length === 0) return happened();
  const asksOf = (some: readonly Unreached[]): readonly AskState[] => waiting.filter((ask) => some.some((t) => t.person === ask.person));
  const asks = asksOf(fresh);
  // A room that could not be written to: those called there have private messages of their own.
  const out = asksOf(fresh.filter(({ by, code }) => by !== 'room' && !OUT_OF_ORDER.includes(code)));
  const { standIns, unfilled } = standInsOf({ scene, state, at }, out);
  const alone = out.filter((ask) => unfilled.includes(ask.person)).flatMap((ask) => toRing(scene, state, ask, at));
  return happened({
    type: 'NotReached',
    v: 1,
    tried: fresh,
    asks: asks.map((ask) => ask.id),
    asked: withIds(seed, standIns),
    told: { rooms: dutyRooms(scene.roster), people: keeping(scene.roster, 'duty_leader', at) },
    ...(unfilled.length === 0 ? {} : { unfilled }),
    dial: unique([...fresh.map((t): PersonId => t.person), ...alone]),
  });
}

/** Somebody nothing is asked of any more needs no ringing up, unless nothing ever was: then he was to be told something. */
function isNews({ asks }: IncidentState, waiting: readonly AskState[], { person, by, code }: Unreached): boolean {
  const open = waiting.filter((ask) => ask.person === person);
  if (open.length === 0) return !Object.values(asks).some((ask) => ask.person === person);
  return open.some((ask) => !(ask.notReached ?? []).some((known) => known.by === by && known.code === code));
}
