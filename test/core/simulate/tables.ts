/** The simulated tables and a simulation in the same words: one sign for each message to each reader, so that both can be compared whole. */

import { MINUTE } from '../../../src/core/instant';
import type { Person, Room, Roster } from '../../../src/core/roster/roster';
import type { Line } from '../../../src/core/simulate/line';
import { type Question, type Simulated, simulate } from '../../../src/core/simulate/simulate';
import type { Row } from '../../support/csv';
import { clock, GROUP_PEOPLE, ROSTER } from '../builders';

const LEADERS = ['coord1', 'site1', 'inv1', 'op1', 'legal1', 'log1'];
const TASK_FORCE = ['deputy2', 'net1'];
const standInFor = (leader: string): string => `${leader}-standin`;
const INCIDENT: Room = { id: 'incident', name: '事件群', kind: 'incident', county: null, plans: [], exposure: 'full', members: [] };

/** The bureau the tables are written for: every leader has a stand-in who is called for nothing else, and there is a room of the incident. */
export const BUREAU: Roster = {
  ...ROSTER,
  people: new Map([
    ...ROSTER.people,
    ...[...LEADERS, ...TASK_FORCE].map((leader): [string, Person] => [
      standInFor(leader),
      { id: standInFor(leader), name: '替补', post: '替补', phone: null },
    ]),
  ]),
  rooms: new Map([...ROSTER.rooms, [INCIDENT.id, INCIDENT]]),
  grants: [
    ...[...LEADERS, ...TASK_FORCE].map((leader) => ({ person: standInFor(leader), role: 'stand_in', scope: leader })),
    ...ROSTER.grants.filter(({ role, scope }) => role !== 'stand_in' || !LEADERS.includes(scope ?? '')),
  ],
};

/** The simulation of a story in that bureau; throws where it is refused. */
export function simulated(question: Omit<Question, 'roster' | 'now'>, roster: Roster = BUREAU): Simulated {
  const answer = simulate({ ...question, roster, now: clock('08:00') });
  if (answer.is === 'refusal') throw new Error(answer.zh);
  return answer;
}

/** `<minute> <step> <what> <channel> <room> <reader>`, and in brackets what the tables tell besides. */
function sign(minute: number, about: string, what: string, channel: string, room: string, reader: string, more = ''): string {
  return `${minute} ${about}${more} ${what} ${channel} ${room} ${reader}`;
}

/** The one matter of a task the tables name. */
const PRIOR_HANDLING = '先期处置';

/** Steps of which the tables say which one of many it is. */
const MANY = ['progress_fixed', 'progress_extra'];

/** One sign a reader and item. */
export function signsOf({ from, lines }: Simulated): readonly string[] {
  return lines.flatMap((line) => signsOfLine(line, from)).sort();
}

function signsOfLine({ at, channel, room, people, items, skipped }: Line, from: number): readonly string[] {
  const minute = (at - from) / MINUTE;
  return items.flatMap(({ what, about: step, ask, due, percent, turn }) => {
    const about = ask === 'prior_handling' ? `${step}/${PRIOR_HANDLING}` : step;
    const told = MANY.includes(about) || what === 'asked_instead' ? `[${((due ?? 0) - from) / MINUTE}]` : '';
    const said = what === 'reminded' ? `reminded ${percent}%` : turn === null ? what : `${what} ${turn.no}/${turn.of}`;
    const words = skipped ? `${said} skipped` : said;
    const readers = people.length === 0 ? ['*'] : people;
    return readers.map((reader) => sign(minute, about, words, channel ?? '-', room ?? '-', reader, told));
  });
}

const GROUPS = GROUP_PEOPLE.map(([person]) => person);

/** The people of the bureau behind the words of the tables; `*` is whoever reads the room. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'everybody in the room': ['*'],
  '': ['*'],
  commander: ['director'],
  deputy_commander: ['deputy1'],
  'commander and deputy_commander': ['director', 'deputy1'],
  task_force_leader: ['deputy2'],
  task_force_deputy: ['net1'],
  'task_force_leader and task_force_deputy': ['deputy2', 'net1'],
  'task_force_leader, task_force_deputy, task force members': ['deputy2', 'net1', 'net2', 'net3'],
  'leaders and members of the six groups': GROUPS,
  'recorded stand-in of each group leader': LEADERS.map(standInFor),
  'recorded stand-ins of the leaders': TASK_FORCE.map(standInFor),
  'on-duty duty_leader': ['leader1'],
  duty_leader: ['leader1'],
  duty_officer: ['duty1'],
  'duty_officer on duty': ['duty1'],
  'second duty officer or recorded stand-in': ['duty2'],
  emergency_office: ['office1'],
  press_section: ['press1'],
  territorial_bureau: ['hubin1'],
  'first person of the county': ['hubin1'],
  'first person and called people of the county bureau concerned': ['hubin1'],
  'recorded stand-in of the first person': ['hubin2'],
  "recorded stand-in of the county's first person": ['hubin2'],
  'county_bureau_head and commander': ['hubin1', 'director'],
};

/** What differs by plan. */
const SECTION: Readonly<Record<string, readonly string[]>> = { consumer: ['cons2'], network: ['net2', 'net3'] };
const OTHER_LEADERS: Readonly<Record<string, readonly string[]>> = { consumer: ['deputy2'], network: ['director'] };

const ROOMS: Readonly<Record<string, string>> = {
  duty: 'duty',
  hq: 'hq',
  network: 'network',
  county: 'county-hubin',
  incident: 'incident',
};

/** What a row says, as signs: what, and whether another channel than the table's own is meant. */
function said(row: Row): readonly { readonly what: string; readonly channels: readonly string[] }[] {
  const text = row.what ?? '';
  const own = (row.channel ?? '').includes(' and ') ? ['mention', 'private'] : [(row.channel ?? '').split(' ')[0] || '-'];
  const ring = /^ring (\d+) %/.exec(text)?.[1];
  const turn = /^escalation (\d) of (\d)/.exec(text);
  if (text.startsWith('strong reminder'))
    return [
      { what: 'reminded 80%', channels: ['private'] },
      { what: 'called skipped', channels: ['strong_reminder', 'sms'] },
    ];
  if (ring !== undefined) return [{ what: `reminded ${ring}%`, channels: own }];
  if (turn !== null) return [{ what: `escalated ${turn[1]}/${turn[2]}`, channels: own }];
  const word = WORDS.find(([pattern]) => pattern.test(text));
  if (word === undefined) throw new Error(`no word for ${text}`);
  return [{ what: word[1], channels: own }];
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^reminded/, 'reminded 50%'],
  [/^called by voice/, 'called skipped'],
  [/^asked in their place/, 'asked_instead'],
  [/^asked/, 'asked'],
  [/^told/, 'told'],
  [/^dial list/, 'dial_list'],
  [/^offered/, 'stand_in_offered'],
  [/^notice and summary|^summary/, 'summary'],
  [/^notice/, 'notice'],
  [/^echo/, 'echo'],
  [/^digest/, 'digest'],
  [/^not started/, 'not_started'],
];

/** The signs a row stands for. `start` is the minute of the day of minute 0. */
export function signsOfRow(row: Row, plan: 'consumer' | 'network', start: number): readonly string[] {
  const minute = Number(row.minute_from_start);
  const [step = '', matter = ''] = (row.ask_or_deadline ?? '').split(' ');
  const about = matter === PRIOR_HANDLING ? `${step}/${matter}` : step;
  const more = bracket(row, minute, start);
  return said(row).flatMap(({ what, channels }) =>
    channels.flatMap((channel) =>
      roomsOf(row, channel).flatMap((room) =>
        readersOf(row, plan, channel).map((reader) => sign(minute, about, what, channel, room, reader, more)),
      ),
    ),
  );
}

function roomsOf({ room_kind: kinds = '' }: Row, channel: string): readonly string[] {
  if (channel !== 'mention' && channel !== 'post') return ['-'];
  return kinds.split(' and ').map((kind) => ROOMS[kind] ?? `?${kind}`);
}

function readersOf({ role = '' }: Row, plan: 'consumer' | 'network', channel: string): readonly string[] {
  if (channel === 'post') return ['*'];
  if (role === 'section_in_charge') return SECTION[plan] ?? [];
  if (role === 'leaders the plan does not name') return OTHER_LEADERS[plan] ?? [];
  return READERS[role] ?? [`?${role}`];
}

/** Due minute, where the tables tell it: a fresh term, a fixed time of a day, one of several intervals. */
function bracket({ what = '', ask_or_deadline: ask = '' }: Row, minute: number, start: number): string {
  const fresh = /fresh term of (\d+) minutes/.exec(what)?.[1];
  if (fresh !== undefined) return `[${minute + Number(fresh)}]`;
  const interval = / no\. (\d+)/.exec(ask)?.[1];
  if (interval !== undefined) return `[${120 * Number(interval)}]`;
  const [, day, hour, min] = / day (\d+) (\d+):(\d+)/.exec(ask) ?? [];
  return day === undefined ? '' : `[${(Number(day) - 1) * 1440 + Number(hour) * 60 + Number(min) - start}]`;
}
