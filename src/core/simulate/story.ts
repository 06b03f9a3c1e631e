/** What happens before the silence: reported at 09:30, assessed or graded at 09:50, activated at 10:00, everything until then done in time. */
import { ASKED } from '../deadlines/asks';
import { deadlines } from '../deadlines/deadlines';
import { DECISION } from '../deadlines/work';
import { commandRooms, countyCall, countyRooms, dutyRooms, keeping, unique } from '../incident/audience';
import { askedAtLevel, type LevelAct } from '../incident/authority';
import type { IncidentCommand } from '../incident/commands';
import type { Scene } from '../incident/decide/scene';
import type { Refusal } from '../incident/refusal';
import { openAsks } from '../incident/state';
import { type Instant, MINUTE } from '../instant';
import { linesOf, type Rank } from '../plans/rulebook';
import { NO_FIELDS } from '../report/fields';
import { holders, type PersonId, roomsOf } from '../roster/roster';
import { act, type Play, stateOf, type Who } from './play';

export const STORIES = ['activated', 'unanswered_report', 'unanswered_decision'] as const;
/** After which act nobody answers any more. */
export type Story = (typeof STORIES)[number];

export const REPORTED_AT = '09:30';
/** Minutes after the report. */
const DONE = 1;
const GRADED = 20;
const ACTIVATED = 30;

type Told = { readonly is: 'play'; readonly play: Play } | Refusal;

/** The play up to the last act before the silence, that act included; `receivedAt` is 09:30 of the first day. */
export function begin(scene: Scene, story: Story, rank: Rank | null, receivedAt: Instant): Told {
  const told = report({ scene, state: null, steps: [] }, story, receivedAt);
  if (story === 'unanswered_report') return told;
  const done = then(told, (play) => allDone(play, receivedAt + DONE * MINUTE));
  const graded = then(done, (play) => assess(play, rank, receivedAt + GRADED * MINUTE));
  return story === 'unanswered_decision' ? graded : then(graded, (play) => activate(play, rank, receivedAt + ACTIVATED * MINUTE));
}

function then(told: Told, next: (play: Play) => Told): Told {
  return told.is === 'play' ? next(told.play) : told;
}

/** By somebody of the house who is not on duty; in the incident's own room where there is one and the report is not the story itself. */
function report(play: Play, story: Story, at: Instant): Told {
  const { roster } = play.scene;
  const own = story === 'unanswered_report' ? [] : roomsOf(roster, 'incident').map((room) => room.id);
  const onDuty = [...keeping(roster, 'duty_officer', at), ...keeping(roster, 'duty_leader', at)];
  const others = [...holders(roster, 'emergency_office'), ...roster.grants.map((grant) => grant.person)];
  const person = others.find((one) => !onDuty.includes(one)) ?? null;
  const county = roster.counties.find(({ id }) => countyCall(roster, id, 'prior_handling').length > 0);
  const [name] = county?.names ?? [];
  const text = { id: 'simulated', commitment: '' };
  const fields = name === undefined ? NO_FIELDS : { ...NO_FIELDS, district: { value: name, spans: [{ start: 0, end: name.length }] } };
  const suggestion = { plan: play.scene.rules.pack.pack, category: null, categoryGround: null, rank: null, grounds: [] };
  const room = own[0] ?? dutyRooms(roster)[0] ?? null;
  return act(play, at, { person, room }, { type: 'ReportIncident', n: 1, receivedAt: at, text, fields, facts: [], suggestion });
}

/** Everybody asked has answered, and what the plan wants done before the decision is done. */
function allDone(play: Play, at: Instant): Told {
  const asked = unique(openAsks(stateOf(play)).map((ask) => ask.person));
  const answered = asked.reduce<Told>(
    (told, person) => then(told, (now) => act(now, at, { person, room: null }, { type: 'Acknowledge', call: null, via: 'text' })),
    { is: 'play', play },
  );
  return then(answered, (now) =>
    owedBefore(now).reduce<Told>((told, row) => then(told, (one) => meet(one, at, row)), { is: 'play', play: now }),
  );
}

function meet(play: Play, at: Instant, { key, kind }: { readonly key: string; readonly kind: string }): Told {
  const how = { lines: linesOf(play.scene.rules, kind), doneAt: at, text: null, lateReason: null };
  return act(play, at, officer(play, at), { type: 'MeetObligation', key, ...how });
}

/** What is reported upward or stands in the procedure before the decision; assessing is an act of its own. */
function owedBefore(play: Play) {
  const { pack } = play.scene.rules;
  const decided = pack.procedure.findIndex((step) => step.deadlines.includes(DECISION));
  const early = new Set([...pack.procedure.slice(0, decided + 1), ...pack.reporting_paths].flatMap((part) => part.deadlines));
  return deadlines(play.scene.rules, stateOf(play)).filter(
    ({ kind, status }) => status === 'open' && early.has(kind) && !ASKED.has(kind) && kind !== 'assess',
  );
}

function officer({ scene }: Play, at: Instant): Who {
  return { person: keeping(scene.roster, 'duty_officer', at)[0] ?? null, room: dutyRooms(scene.roster)[0] ?? null };
}

function assess(play: Play, rank: Rank | null, at: Instant): Told {
  const trigger = play.scene.rules.pack.activation.triggers[0]?.id ?? null;
  if (rank === null) return act(play, at, officer(play, at), { type: 'ProposeAssessment', category: null, rank, trigger, text: null });
  return decided(play, 'set', rank, at, { type: 'SetLevel', rank, reason: null, confirmed: true });
}

function activate(play: Play, rank: Rank | null, at: Instant): Told {
  return decided(play, 'activate', rank, at, { type: 'ActivateResponse', confirmed: true });
}

/** By the first of those who are asked, in the room where that person leads: the command room, or the county's own. */
function decided(play: Play, power: LevelAct, rank: Rank | null, at: Instant, command: IncidentCommand): Told {
  const [person] = askedAtLevel(play.scene, power, rank, stateOf(play), at);
  return act(play, at, { person: person ?? null, room: person === undefined ? null : roomOf(play, person) }, command);
}

function roomOf({ scene: { rules, roster }, state }: Play, person: PersonId): string | null {
  const rooms = [...commandRooms(rules, roster), ...countyRooms(roster, state?.county ?? null)];
  return rooms.find((id) => roster.rooms.get(id)?.members.includes(person)) ?? null;
}
