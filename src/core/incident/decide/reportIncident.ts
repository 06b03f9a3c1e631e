/** 接报: a report becomes an incident, the officer and the county are asked, the on-duty leader is told. */
import { categoryOf, type Rulebook } from '../../plans/rulebook';
import type { Roster } from '../../roster/roster';
import { commandRooms, countyCall, countyRooms, dutyRooms, keeping, reaching, toldBut, withIds } from '../audience';
import { boundTo, hasAnyRole } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import type { Audience } from '../events';
import { type Decision, happened, type Scene } from './scene';

type Report = Extract<IncidentCommand, { type: 'ReportIncident' }>;

/**
 * Never refuses: an incomplete report on time is right (procedure.md 1.1). A report by somebody without a role pings the officer
 * only, and nobody else is told, until somebody with a role confirms it. Not for repeats: the inbox row is the key.
 */
export function reportIncident({ rules, roster }: Scene, { actor, at, seed }: Envelope, command: Report): Decision {
  const county = countyIdOf(roster, command.fields.district?.value ?? null) ?? roomCounty(roster, actor.room);
  const officers = keeping(roster, 'duty_officer', at).filter((person) => person !== actor.person);
  const dutyRoom = dutyRooms(roster)[0] ?? null;
  const reporterOnDuty = actor.person !== null && keeping(roster, 'duty_officer', at).includes(actor.person);
  const called = reporterOnDuty
    ? []
    : officers.slice(0, 1).map((person) => ({ kind: 'duty_ack' as const, person, room: dutyRoom, group: null, standInFor: null }));
  const fromThere = county !== null && roomCounty(roster, actor.room) === county;
  const unverified = actor.person === null || !hasAnyRole(roster, actor.person);
  const handling = fromThere || unverified ? [] : countyCall(roster, county, 'prior_handling');
  // A county where nobody can be asked by name still has its room.
  const unled = fromThere || unverified || handling.length > 0 ? [] : countyRooms(roster, county);
  const leaders = unverified ? [] : keeping(roster, 'duty_leader', at).filter((person) => person !== actor.person);
  const also = unverified ? { rooms: [], people: [] } : announcedTo(rules, roster);
  return happened({
    type: 'IncidentReported',
    v: 1,
    n: command.n,
    receivedAt: command.receivedAt,
    plan: rules.pack.pack,
    text: command.text,
    by: actor.person,
    room: actor.room,
    conversation: actor.conversation,
    unverified,
    fields: command.fields,
    facts: command.facts,
    suggestion: command.suggestion,
    county,
    asked: withIds(seed, [...reaching(roster, called), ...handling]),
    told: toldBut(actor, [...dutyRooms(roster), ...also.rooms, ...unled], [...leaders, ...also.people]),
    paged: categoryOf(rules, command.suggestion.category)?.page_leader ? leaders : [],
    ...(command.splitFrom === undefined ? {} : { splitFrom: command.splitFrom }),
    ...(command.via === undefined ? {} : { via: command.via }),
    ...(command.like === undefined || command.like.length === 0 ? {} : { like: command.like }),
  });
}

/** Rooms and people to whom the plan announces every report, beside the duty room. */
function announcedTo(rules: Rulebook, roster: Roster): Audience {
  const tellings = rules.pack.tellings.filter((telling) => telling.when === 'reported' && telling.how === 'announce');
  return {
    rooms: tellings.some((telling) => telling.rooms.includes('command')) ? commandRooms(rules, roster) : [],
    people: tellings.flatMap((telling) => telling.people).flatMap((actor) => boundTo(rules, roster, actor)),
  };
}

/** The county of the bureau's area that a district name means. */
export function countyIdOf(roster: Roster, district: string | null): string | null {
  return roster.counties.find((c) => district !== null && c.names.includes(district))?.id ?? null;
}

function roomCounty(roster: Roster, room: string | null): string | null {
  return room === null ? null : (roster.rooms.get(room)?.county ?? null);
}
