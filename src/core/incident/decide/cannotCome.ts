/** 无法到达: the stand-in is asked at once with a fresh term; where there is none, the duty room is told whom to ring. */
import type { Instant } from '../../instant';
import type { PersonId, RoomId } from '../../roster/roster';
import { dutyRooms, keeping, toldBut, unique, withIds } from '../audience';
import { countyPeople } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import type { Asked } from '../events';
import { isOpen } from '../records/find';
import { refuse } from '../refusal';
import { type AskState, type IncidentState, openAsks } from '../state';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { inGroup, standInFor } from './workParts';

/**
 * What still waits for this person in this room, in a private chat everywhere; nothing waiting, what was acknowledged there before. A reason
 * is welcome and never waited for. Refuses `nothing_asked`.
 */
export function cannotCome(scene: Scene, state: IncidentState, envelope: Envelope, { reason }: CommandOf<'CannotCome'>): Decision {
  const { actor, at, seed } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const meant = meantBy(state, person.id, actor.room);
  if (meant.length === 0) return refuse('nothing_asked', `事件 #${state.n} 此处没有点到您的事项。`, `#${state.n} 状态`);
  const standIns = new Map(meant.map((ask) => [ask, available(scene, state, ask, at)]));
  const alone = meant.filter((ask) => standIns.get(ask) === null);
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'CannotCome',
    asks: meant.map((ask) => ask.id),
    reason,
    asked: withIds(seed, once(meant.flatMap((ask) => call(state, ask, standIns.get(ask) ?? null)))),
    told: toldBut(actor, dutyRooms(scene.roster), alone.length === 0 ? [] : keeping(scene.roster, 'duty_leader', at)),
    ...(alone.length === 0 ? {} : { unfilled: [person.id], dial: unique(alone.flatMap((ask) => toRing(scene, state, ask, at))) }),
  });
}

function meantBy(state: IncidentState, person: PersonId, room: RoomId | null): readonly AskState[] {
  const here = (ask: AskState): boolean => ask.person === person && (room === null || ask.room === room || ask.room === null);
  const open = openAsks(state).filter(here);
  if (open.length > 0) return open;
  const undone = (ask: AskState): boolean =>
    (state.tasks[ask.about ?? ask.id]?.doneAt ?? null) === null && waitsFor(state.records[ask.about ?? ask.id], ask);
  return Object.values(state.asks).filter(
    (ask) => here(ask) && ask.answer === 'acknowledged' && ask.stoodDownAt === null && ask.kind !== 'duty_ack' && undone(ask),
  );
}

/** A record with nothing left to do, or in which something was entered since, waits for nobody's coming. */
function waitsFor(record: IncidentState['records'][string] | undefined, { askedAt }: AskState): boolean {
  return record === undefined || (isOpen(record) && !record.entries.some((entry) => entry.at >= askedAt));
}

/** The stand-in, unless he said himself since then that he cannot come to the same matter. */
function available(scene: Scene, state: IncidentState, ask: AskState, at: Instant): PersonId | null {
  const standIn = standInFor(scene, ask, at);
  const out = Object.values(state.asks).some((a) => a.person === standIn && a.answer === 'cannot_come' && isSameMatter(a, ask));
  return out ? null : standIn;
}

/** Asked even where he is called for himself: standing in is another matter; only not twice for the same one. */
function call(state: IncidentState, ask: AskState, standIn: PersonId | null): readonly Omit<Asked, 'id'>[] {
  const about = ask.about ?? ask.id;
  const already = Object.values(state.asks).some(
    (a) => a.person === standIn && a.standInFor === ask.person && a.stoodDownAt === null && isSameMatter(a, ask),
  );
  if (standIn === null || already) return [];
  const { kind, room, group } = ask;
  return [{ kind, person: standIn, room, group, standInFor: ask.person, ...(isOneOfMany(ask) ? { about } : {}) }];
}

/** Of a call that was left open at the end and made anew at a relapse both are meant: its stand-in is asked for one. */
function once(calls: readonly Omit<Asked, 'id'>[]): readonly Omit<Asked, 'id'>[] {
  const same = (a: Omit<Asked, 'id'>, b: Omit<Asked, 'id'>): boolean =>
    a.kind === b.kind && a.person === b.person && a.standInFor === b.standInFor && a.about === b.about;
  return calls.filter((one, i) => calls.findIndex((other) => same(one, other)) === i);
}

/** Asked with it or after it: what belongs to an earlier call, before a relapse, counts no more. */
function isSameMatter(other: AskState, ask: AskState): boolean {
  if (other.kind !== ask.kind || other.askedAt < ask.askedAt) return false;
  return !isOneOfMany(ask) || (other.about ?? other.id) === (ask.about ?? ask.id);
}

function isOneOfMany({ kind }: AskState): boolean {
  return kind === 'task' || kind === 'directive' || kind === 'record' || kind === 'paper';
}

/** Nobody stands in: the others of the group or of the county, else the duty leader. */
export function toRing({ roster }: Scene, { county }: IncidentState, ask: AskState, at: Instant): readonly PersonId[] {
  const fromCounty = countyPeople(roster, county);
  const others = ask.group !== null ? inGroup(roster, ask.group) : fromCounty.includes(ask.person) ? fromCounty : [];
  const found = others.filter((person) => person !== ask.person);
  return found.length > 0 ? found : keeping(roster, 'duty_leader', at);
}
