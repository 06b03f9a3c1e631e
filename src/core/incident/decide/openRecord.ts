/** 方案, 联络, 抄告 …: a work record is opened, with whom it goes to, until when, and who is asked for it. */

import { DAY, MINUTE } from '../../instant';
import { columnOf } from '../../plans/rulebook';
import { RECORD_KINDS } from '../../plans/schema/records';
import type { PersonId, RoomId } from '../../roster/roster';
import { countyRooms, toldBut } from '../audience';
import { countyPeople } from '../authority';
import { boardOf } from '../board';
import type { CommandOf, Envelope } from '../commands';
import { isOpen, recordsInOrder, recordsOf, ruleOf } from '../records/find';
import { KINDS } from '../records/kinds';
import type { Bulletin } from '../records/record';
import { type Refusal, refuse } from '../refusal';
import { type IncidentState, rankOf, responseRankOf } from '../state';
import { visibleInRoom } from '../visibility';
import { notYet } from './moment';
import { askOf, hearers, mayPower, nextPerson } from './recordParts';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';
import { concerned } from './workParts';

type Open = CommandOf<'OpenRecord'>;

/**
 * Those the plan names for the kind. Refuses `record_not_in_plan`, `not_authorised`, `which_party`, `which_county`, `addressee_required`,
 * `assignee_required`, `nobody_to_ask`, `no_such_person`, `not_concerned`, `text_required`, `division_required`, `amount_required`,
 * `interval_required`, `due_passed`, `in_future`.
 */
export function openRecord(scene: Scene, state: IncidentState, envelope: Envelope, command: Open): Decision {
  const { actor, at, seed } = envelope;
  const { kind, to, words } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const zh = RECORD_KINDS[kind];
  if (ruleOf(scene.rules, kind) === undefined) return refuse('record_not_in_plan', `本预案没有“${zh}”这一项。`, keptKinds(scene, state));
  const may = mayPower(scene, state, { kind, to }, 'enter', at);
  if (!may.includes(person.id)) return refuse('not_authorised', `登记${zh}不在您的权限内。`, USAGE(state, kind), may);
  const every = everyOf(scene, state, command);
  const wrong = wrongAddressee(scene, state, command) ?? incomplete(scene, state, envelope, { ...command, every });
  if (wrong !== null) return wrong;
  const next = nextPerson(scene, state, { kind, to, by: person.id }, KINDS[kind].asks, { at, actor: person.id });
  if (next === null && nobodyAnswers(command, person.id, scene, state, envelope))
    return refuse('assignee_required', `须写明${zh}交谁办理。`, `${USAGE(state, kind)} @人`);
  const id = `${seed}-r`;
  const asked = next === null ? [] : [{ ...askOf(scene, state, next, to, actor.room), id }];
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'RecordOpened',
    ...{ id, kind, n: recordsOf(state, kind).length + 1, room: seenFrom(scene, state, actor.room), to, words, stage: KINDS[kind].begins },
    ...detailsOf({ ...command, every }),
    owner: next ?? person.id,
    figures: kind === 'bulletin' ? figuresOf(state) : null,
    asked,
    told: toldBut(
      actor,
      hearers(scene, state, kind).filter((room) => !asked.some((ask) => ask.room === room)),
    ),
  });
}

/** Where it was said, if the incident may be seen there. */
function seenFrom({ roster }: Scene, state: IncidentState, said: RoomId | null): RoomId | null {
  const room = said === null ? undefined : roster.rooms.get(said);
  return room !== undefined && visibleInRoom(room, state) ? room.id : null;
}

/** The rhythm that was told, else the plan's term; nothing else comes back. */
function everyOf({ rules }: Scene, state: IncidentState, { kind, every }: Open): number | null {
  if (kind !== 'targeted_monitoring' || every !== null) return kind === 'targeted_monitoring' ? every : null;
  const step = rules.profile.steps.find(({ id }) => id === ruleOf(rules, kind)?.due);
  const minutes = step?.minutes[columnOf(rules, responseRankOf(state) ?? rankOf(state))] ?? null;
  return minutes === null ? null : minutes * MINUTE;
}

function detailsOf({ parts, about, dueAt, every, amount, takenAt, hash, incoming, division }: Open) {
  return { parts, about, dueAt, every, amount, takenAt, hash, incoming, division };
}

const USAGE = ({ n }: IncidentState, kind: Open['kind']): string => `#${n} ${RECORD_KINDS[kind]}〔内容〕`;

function keptKinds({ rules }: Scene, { n }: IncidentState): string {
  const kept = rules.pack.records.map((row) => RECORD_KINDS[row.kind]);
  return kept.length === 0 ? `#${n} 任务〔@人〕〔内容〕〔时限〕` : `可登记：${kept.join('、')}`;
}

/** Work that somebody must answer, and that nobody was named for; the one who writes may himself be the first of them. */
function nobodyAnswers({ kind, to }: Open, person: PersonId, scene: Scene, state: IncidentState, { at }: Envelope): boolean {
  if (KINDS[kind].asks !== 'answer' || to !== null || kind === 'targeted_monitoring') return false;
  return !(ruleOf(scene.rules, kind)?.answer.length !== 0 && mayPower(scene, state, { kind, to }, 'answer', at).includes(person));
}

function wrongAddressee(scene: Scene, state: IncidentState, { kind, to }: Open): Refusal | null {
  const usage = USAGE(state, kind);
  const { to: wanted } = KINDS[kind];
  const parties = scene.rules.pack.parties;
  if (wanted === 'party' && to?.kind !== 'party')
    return refuse('which_party', '没有读出是哪个单位。', `可写：${parties.map((party) => party.zh).join('、')}`);
  if (wanted === 'county' && to?.kind !== 'county')
    return refuse('which_county', '没有读出是哪个县区。', `#${state.n} 督办〔县区〕〔要求〕〔时限〕`);
  if (wanted === 'anybody' && to === null)
    return refuse('addressee_required', '没有读出发给谁。', `#${state.n} 抄告〔@科室、@人或者单位〕〔情况〕`);
  if (to?.kind === 'party' && !parties.some((party) => party.id === to.id)) return refuse('no_such_party', '本预案没有这个单位。', usage);
  if (to?.kind === 'county') return unmanned(scene, to.id, usage);
  return to?.kind === 'person' ? concerned(scene, state, to.id, usage) : null;
}

function unmanned({ roster }: Scene, county: string, usage: string): Refusal | null {
  const found = countyPeople(roster, county).length > 0 && countyRooms(roster, county).length > 0;
  return found ? null : refuse('nobody_to_ask', '通讯录里这个县区没有人或者没有群。', usage);
}

function incomplete(scene: Scene, state: IncidentState, { at }: Envelope, command: Open): Refusal | null {
  const { kind, words, dueAt, takenAt, every } = command;
  const usage = USAGE(state, kind);
  const missing = KINDS[kind].words;
  if (missing !== null && words === null && Object.keys(command.parts).length === 0) return refuse('text_required', missing, usage);
  if (kind === 'scheme') return undivided(scene, state, at, command);
  if (kind === 'goods' && (command.amount === null || command.amount.value <= 0))
    return refuse('amount_required', '没有读出数量和单位。', `#${state.n} 物资 申领 帐篷10顶 18:00前`);
  if (kind === 'targeted_monitoring' && (every === null || every < LEAST_INTERVAL || every > MOST_INTERVAL))
    return refuse('interval_required', '没有读出多久报一次（10分钟至7天）。', `#${state.n} 专项监测 2小时〔内容〕`);
  if (dueAt !== null && dueAt <= at) return refuse('due_passed', '所写的时限已经过去。', usage);
  return takenAt === null ? null : notYet(takenAt, at, usage);
}

const LEAST_INTERVAL = 10 * MINUTE;
const MOST_INTERVAL = 7 * DAY;

/** A scheme without owners is none (plan of the online trade, 五（三）2). */
function undivided(scene: Scene, state: IncidentState, at: number, { division }: Open): Refusal | null {
  const usage = `#${state.n} 方案〔情况和措施〕 @人〔事项〕18:00前；@人〔事项〕2小时内`;
  if (division.length === 0) return refuse('division_required', '方案须明确任务分工：每项写明承办人、事项和时限。', usage);
  if (division.some((line) => line.dueAt <= at)) return refuse('due_passed', '分工中所写的时限已经过去。', usage);
  return division.map((line) => concerned(scene, state, line.owner, usage)).find((fault) => fault !== null) ?? null;
}

/** What has happened since the bulletin before this one, counted from the record itself; calls as the roll-call counts them. */
function figuresOf(state: IncidentState): Bulletin {
  const from = recordsOf(state, 'bulletin').at(-1)?.openedAt ?? state.receivedAt;
  const calls = boardOf(state);
  const tasks = Object.values(state.tasks);
  return {
    from,
    asked: calls.length,
    answered: calls.filter(({ standing }) => standing === 'acknowledged').length,
    tasks: tasks.length,
    done: tasks.filter((task) => task.doneAt !== null).length,
    progress: state.progress.filter((entry) => entry.at >= from).length,
    open: recordsInOrder(state).filter(isOpen).length,
    groups: [...new Map(state.progress.map(({ group, text }) => [group, text]))].flatMap(([group, text]) =>
      group === null ? [] : [{ group, text }],
    ),
  };
}
