/** What people really got in the 48 hours, off the raw messages, and what the table says: both as one line for each minute, place and thing. */
import { resolve } from 'node:path';
import { readBureau } from '../../../src/config/bureau';
import { profileFile, readProfile } from '../../../src/config/planFiles';
import { type Instant, MINUTE } from '../../../src/core/instant';
import { expectedRows, type Row } from '../../support/csv';
import type { Seen } from '../../support/dutyRoom';
import { NIGHT } from './play';

/** Where the night is lived. */
const PLATFORM = process.env.FENGHUO_SANDBOX ?? 'wecom';

/** Somebody got something: in minute 42 `dm:office1` got `told group_ack inv1 inv2`. */
export interface Effect {
  /** Of the night, to a tenth. */
  readonly minute: number;
  readonly place: string;
  readonly what: string;
  /** Marked as sent again, since nobody knew whether it had come. */
  readonly again: boolean;
}

const line = (minute: number, place: string, what: string, again = false): Effect => ({ minute, place, what, again });

/** As one line. */
export function lineOf({ minute, place, what }: Effect): string {
  return `${minute.toFixed(1).padStart(6)} | ${place} | ${what}`;
}

/** Each once, in order of time. */
function once(effects: readonly Effect[]): readonly Effect[] {
  const lines = effects.map((effect) => `${lineOf(effect)}${effect.again}`);
  const kept = effects.filter((_, i) => lines.indexOf(lines[i] ?? '') === i);
  return [...kept].sort((a, b) => a.minute - b.minute || lineOf(a).localeCompare(lineOf(b)));
}

const list = (words: string | undefined): readonly string[] => (words === undefined || words === '' ? [] : words.split(' ').sort());

// ---------------------------------------------------------------- the table

/** Of minutes in which nothing could ring, what was due then comes at their end, merged. */
export type Silence = readonly [from: number, until: number];

/** Each once, in order of time. */
export function expectedEffects(silences: readonly Silence[] = []): readonly Effect[] {
  const rows = expectedRows('night48_expected.csv').filter(({ what }) => what !== 'none');
  const late = (minute: number): number => silences.find(([from, until]) => from <= minute && minute < until)?.[1] ?? minute;
  return once(rows.flatMap(effectsOf).map((effect) => ({ ...effect, minute: late(Math.floor(effect.minute * 10 + 1e-6) / 10) })));
}

function effectsOf(row: Row): readonly Effect[] {
  const { what, room = '', pinged } = row;
  const at = Number(row.minute);
  const people = list(row.private_to);
  const [step = ''] = (row.ask_or_deadline ?? '').split(' ');
  const about = ASKS.includes(step) ? list(row.about) : [];
  const privately = (words: string): readonly Effect[] => people.map((person) => line(at, `dm:${person}`, words));
  switch (what) {
    case 'ping':
      return [line(at, room, ping(`ping ${step}`, list(pinged)))];
    case 'notice':
      return noticeOf(row, at, room, step);
    case 'private':
      return privately(`private ${step}`);
    case 'ring':
      return privately(`ring ${step}`);
    case 'rung':
      return Number(row.share_percent) > 100 ? privately(told(step, about)) : privately(`rung ${step}`);
    case 'told':
      return privately(told(step, about));
    case 'summary':
    case 'digest':
      return privately(what);
    case 'question':
      return [line(at, room, 'question')];
    case 'skipped':
      return rungsOf(row, at);
    default:
      throw new Error(`what is ${what}?`);
  }
}

/** A rung of the ladder: how the table names its port, and what is seen of it where there is one. */
interface Rung {
  readonly named: string;
  readonly what: string;
  readonly place: (person: string) => string;
}

const SMS: Rung = { named: '短信', what: 'sms', place: (person) => `phone:${person}` };
const VOICE: Rung = { named: '语音', what: 'voice', place: (person) => `phone:${person}` };
const DING: Rung = { named: '强提醒', what: 'ding', place: (person) => `dm:${person}` };
/** The sandbox has a carrier for text messages and calls; a strong reminder is DingTalk's own, which the government edition has only once an office switches it on. */
const PORTS: Readonly<Record<string, readonly Rung[]>> = { wecom: [SMS, VOICE], dingtalk: [DING, SMS, VOICE], govding: [SMS, VOICE] };

/** The table stands for an office without any port: with one, a row becomes a sending to those it is about; what is still missing is said (its frame). */
function rungsOf({ says = '', about }: Row, at: number): readonly Effect[] {
  const had = (PORTS[PLATFORM] ?? []).filter(({ named }) => says.includes(named));
  const isWhole = [DING, SMS, VOICE].filter(({ named }) => says.includes(named)).length === had.length;
  const sent = had.flatMap(({ what, place }) => list(about).map((person) => line(at, place(person), what)));
  return isWhole ? sent : [line(at, '*', 'skipped'), ...sent];
}

/** A dial list names who is silent; anything else is a notice of an act. */
function noticeOf(row: Row, at: number, room: string, step: string): readonly Effect[] {
  const about = list(row.about);
  if (row.says?.includes('without a recorded stand-in')) return [line(at, room, `nobody stands in ${about.join(' ')}`)];
  if (ASKS.includes(step) && row.share_percent === '100') return [line(at, room, `dial ${step} ${about.join(' ')}`)];
  const what = `notice ${ASKS.includes(step) ? 'cannot come' : (row.ask_or_deadline ?? '').replace(/ \d+$/, '')}`;
  const paged = list(row.pinged);
  return [line(at, room, what), ...(paged.length === 0 ? [] : [line(at, room, ping(what, paged))])];
}

function ping(what: string, people: readonly string[]): string {
  return `${what} @ ${people.join(' ')}`;
}

function told(step: string, about: readonly string[]): string {
  return ['told', step, ...about].join(' ');
}

/** What waits for a named person's answer; the rest are pieces of work, whose owner stands in the deadline. */
const ASKS: readonly string[] = ['duty_ack', 'task_ack', 'group_ack'];

// ---------------------------------------------------------------- the messages

const PROFILE = readProfile(profileFile(resolve('config/deadline-profiles'), 'standard')).value;
const STEPS: readonly (readonly [zh: string, id: string])[] = [
  ...(PROFILE?.steps ?? []).map((step) => [step.zh, step.id] as const),
  ['完成任务', 'task_done'],
];
const BUREAU = readBureau(resolve('config/sample-bureau'));
const NAMES: readonly (readonly [name: string, id: string])[] =
  BUREAU.is === 'ok' ? [...BUREAU.roster.people.values()].map(({ name, id }) => [name, id] as const) : [];

/** Everything the bot sent by itself within the night, each once. An unknown heading is an effect of its own. */
export function observedEffects(messages: readonly Seen[], zero: Instant): readonly Effect[] {
  const own = messages.filter((m) => m.fromBot && minuteOf(m, zero) >= 0 && minuteOf(m, zero) < NIGHT + 1);
  return once(own.flatMap((m) => seen(m, minuteOf(m, zero))));
}

/** To a tenth, cut off: shares fall on whole seconds. */
function minuteOf({ at }: Seen, zero: Instant): number {
  return Math.floor(((Date.parse(at) - zero) / MINUTE) * 10 + 1e-6) / 10;
}

function seen(message: Seen, minute: number): readonly Effect[] {
  const text = message.text.replace(/^\*\*(.*)\*\*$/mu, '$1');
  const heading = (text.split('\n')[0] ?? '').replace(/^（重发）/, '').replace(/^#1 /, '');
  const { room, pinged } = message;
  const again = text.includes('（重发）');
  const skipped = text.includes('未开通') ? [line(minute, '*', 'skipped', again)] : [];
  const rang = rungSeen(message);
  const whats = rang === null ? whatsOf(message, heading, text) : [rang];
  const paged = rang === null ? [...pinged].sort() : [];
  return [
    ...skipped,
    ...whats.flatMap((what) => {
      const isPing = what.startsWith('ping ');
      if (paged.length === 0) return isPing ? [] : [line(minute, room, what, again)];
      return [...(isPing ? [] : [line(minute, room, what, again)]), line(minute, room, ping(what, paged), again)];
    }),
  ];
}

/** What rings a telephone or the app's own bell; null for every other message. */
function rungSeen({ room, via, text }: Seen): string | null {
  if (via === 'ding') return 'ding';
  return room.startsWith('phone:') ? (/语音来电/.test(text) ? 'voice' : 'sms') : null;
}

function whatsOf({ room, kind }: Seen, heading: string, text: string): readonly string[] {
  return room.startsWith('dm:') ? privateWhats(heading, text) : roomWhats(heading, text, room, kind);
}

/** Answers to the speaker, echoes of an act, views, and what is of the duty room alone: no rows of the table. */
const NO_ROWS =
  /^(?:已记录|电话已登记|已办结|任务已报完成|任务已交办|口头批准已登记|口头批准已书面确认|待办|提请终止响应|不适用|批示已反馈|节假日|已收到)/;

const IN_ROOM: readonly (readonly [RegExp, string])[] = [
  [/^新事件，请签收/, 'notice report'],
  [/^已接报/, 'notice report'],
  [/^先期处置任务/, 'ping task_ack'],
  [/^请决定是否启动响应/, 'notice level set'],
  [/^已定级/, 'notice level set'],
  [/^(?:已)?启动应急响应/, 'notice activated'],
  [/^响应级别调整/, 'notice level changed'],
  [/^终止应急响应/, 'notice terminated'],
  [/^替补集结/, 'ping group_ack'],
  [/^交办任务/, 'ping task_ack'],
  [/^领导批示，请办理/, 'ping directive_feedback'],
  [/^请确认/, 'question'],
];

function roomWhats(heading: string, text: string, room: string, kind: string): readonly string[] {
  // Beside a page stands a card that bears the button and says nothing of its own.
  if (kind === 'card' || NO_ROWS.test(heading)) return [];
  if (heading.startsWith('催办')) return stepsIn(text).map((step) => `ping ${step}`);
  if (heading.startsWith('逾期未回复')) return dialWhats(text);
  if (/^(?:收到领导批示|有人无法到达)/.test(heading)) {
    // In the room where it was said it answers the speaker.
    if (room !== 'duty') return [];
    return [heading.startsWith('收到') ? 'notice directive_feedback' : 'notice cannot come'];
  }
  return [IN_ROOM.find(([words]) => words.test(heading))?.[1] ?? `unknown: ${heading}`];
}

/** Whom to ring, by what they have not answered, and for whom nobody stands in. */
function dialWhats(text: string): readonly string[] {
  const dialled = text.split('\n').filter((words) => /电话 (?:\d{3}\*{4}|未登记)/.test(words));
  const alone = text.split('\n').filter((words) => words.startsWith('没有登记替补'));
  return [
    ...stepsIn(text).map((step) => `dial ${step} ${peopleIn(dialled.join()).join(' ')}`),
    ...(alone.length === 0 ? [] : [`nobody stands in ${peopleIn(alone.join()).join(' ')}`]),
  ];
}

const IN_PRIVATE: readonly (readonly [RegExp, string])[] = [
  [/^新事件，请签收/, 'private duty_ack'],
  [/^新事件报告/, 'private report'],
  [/^先期处置任务/, 'private task_ack'],
  [/^请决定是否启动响应/, 'private activate'],
  [/^(?:启动应急响应|替补集结)/, 'private group_ack'],
  [/^交办任务/, 'private task_ack'],
  [/^领导批示，请办理/, 'private directive_feedback'],
  [/^情况摘要/, 'summary'],
  [/^定时摘要/, 'digest'],
];

function privateWhats(heading: string, text: string): readonly string[] {
  if (NO_ROWS.test(heading)) return [];
  if (heading.startsWith('催办')) return stepsIn(text).map((step) => `${text.includes('尚未回复：') ? 'rung' : 'ring'} ${step}`);
  if (/^(?:临期未回复报告|逾时报告)/.test(heading)) {
    const silent = text.split('\n').filter((words) => words.includes('人未回复：'));
    return stepsIn(text).map((step) => told(step, ASKS.includes(step) ? peopleIn(silent.join()) : []));
  }
  return [IN_PRIVATE.find(([words]) => words.test(heading))?.[1] ?? `unknown: ${heading}`];
}

/** Steps named at the beginning of a line, by their ids. */
function stepsIn(text: string): readonly string[] {
  const lines = text.split('\n');
  return [...new Set(STEPS.flatMap(([zh, id]) => (lines.some((words) => words.trim().startsWith(`${zh}：`)) ? [id] : [])))];
}

function peopleIn(words: string): readonly string[] {
  return NAMES.flatMap(([name, id]) => (words.includes(name) ? [id] : [])).sort();
}
