/** The hands of everybody in the 48 hours: types and clicks what the script says, at its minute, on whatever Fenghuo is reached. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCalendars } from '../../../src/config/calendars';
import { type Calendar, dayOf, daysLater, isWorked, startOfDay } from '../../../src/core/calendar/calendar';
import { HOUR, type Instant, MINUTE } from '../../../src/core/instant';
import { expectedRows, type Row } from '../../support/csv';
import type { DutyRoom, Seen } from '../../support/dutyRoom';

/** Length of the night in minutes. */
export const NIGHT = 2880;

const SCRIPT: readonly Row[] = expectedRows('night48_script.csv');

/** The sample bureau without turns: duty1 and leader1 keep duty throughout. */
export function bureauWithoutTurns(): Readonly<Record<string, string>> {
  const from = resolve('config/sample-bureau');
  const people = readFileSync(join(from, 'people.yaml'), 'utf8');
  const bureau = readFileSync(join(from, 'bureau.yaml'), 'utf8');
  return { 'people.yaml': people.slice(0, people.indexOf('rotation:')), 'bureau.yaml': bureau };
}

/** The next 08:42 that begins three working days, with no holiday near. */
export function minuteZero(now: Instant): Instant {
  const read = readCalendars(resolve('config'));
  const calendar: Calendar = read.is === 'ok' ? read.calendar : new Map();
  for (let day = daysLater(dayOf(now), 1); ; day = daysLater(day, 1)) {
    const worked = [0, 1, 2].every((later) => isWorked(calendar, daysLater(day, later)));
    const calm = [3, 4, 5, 6].every((later) => daysOff(calendar, daysLater(day, later)));
    if (worked && calm) return startOfDay(day) + 8 * HOUR + 42 * MINUTE;
  }
}

/** Worked, or off only because it is a weekend. */
function daysOff(calendar: Calendar, day: string): boolean {
  return isWorked(calendar, day) || new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
}

/** What may happen between two acts: a blow, a look. */
export interface Between {
  /** Before the acts of this minute, the clock not yet moved. */
  before?(minute: number): Promise<void>;
}

/** Lives through the night up to its last minute. `duty` is asked anew before each act, since a blow may have moved it. */
export async function playNight(duty: () => DutyRoom, zero: Instant, between: Between = {}): Promise<void> {
  const minutes = [...new Set(SCRIPT.map(({ minute }) => Number(minute)))];
  for (const minute of minutes) {
    await between.before?.(minute);
    await goTo(duty(), zero, minute);
    for (const row of SCRIPT.filter((one) => Number(one.minute) === minute)) await act(duty(), row, zero);
  }
  await between.before?.(NIGHT);
  await goTo(duty(), zero, NIGHT);
}

async function goTo(duty: DutyRoom, zero: Instant, minute: number): Promise<void> {
  const { status, body } = await duty.sandbox('clock', { now: new Date(zero + minute * MINUTE).toISOString() });
  if (status !== 200) throw new Error(`the clock did not come to minute ${minute}: ${JSON.stringify(body)}`);
}

/** Ends when it was answered and nothing waits. */
async function act(duty: DutyRoom, { room = '', who = '', how, typed = '', on = '' }: Row, zero: Instant): Promise<void> {
  if (how === 'click') return press(duty, room, who, Number(/minute (\d+)/.exec(on)?.[1]), zero);
  const { cursor } = await duty.messages();
  await duty.say(room, who, await filledIn(duty, typed, who, room));
  await heard(duty, cursor, room);
}

/** Until the bot has spoken in the room or to the person: every act of the script is answered. */
async function heard(duty: DutyRoom, after: number, room: string): Promise<void> {
  await duty.see({ room, text: /./, after });
}

/** The newest card of that minute in the private chat. */
async function press(duty: DutyRoom, room: string, who: string, minute: number, zero: Instant): Promise<void> {
  const { messages, cursor } = await duty.messages();
  const from = zero + minute * MINUTE;
  const card = messages.findLast((m) => m.room === room && hasButton(m) && Date.parse(m.at) >= from && Date.parse(m.at) < from + MINUTE);
  if (card === undefined) throw new Error(`${who} has no card of minute ${minute} to press`);
  await duty.click(card, who);
  await duty.see({ room, text: /已收到|收到/, after: cursor }).catch(() => undefined);
}

function hasButton({ fromBot, buttons }: Seen): boolean {
  return fromBot && (buttons ?? []).some(({ text }) => text === '收到');
}

/** `<code>` and numbers as people read them: off the bot's question, and off 待办. */
async function filledIn(duty: DutyRoom, typed: string, who: string, room: string): Promise<string> {
  const wanted = /<([^>]+)>/.exec(typed)?.[1];
  if (wanted === undefined) return typed;
  if (wanted === 'code') {
    const question = await duty.see({ room, text: /确认 \d{4}/ });
    return typed.replace('<code>', /确认 (\d{4})/.exec(question.text)?.[1] ?? '');
  }
  return typed.replace(/<[^>]+>/, await numberOf(duty, who, wanted));
}

/** What stands in the plan for the tasks the script names. */
const TASKS: Readonly<Record<string, string>> = {
  contact_departments: '与公安、卫生、宣传等部门建立联系',
  report_arrival: '报出发、到达和现场情况',
  go_to_site: '赶赴现场，了解事件具体情况',
  opinion_sheet: '建立舆情处置单',
  watch_opinion: '监测舆情，登记',
  draft_release: '拟定对外口径和情况通报',
  collect_reports: '每到报告时点汇总各组进展',
  'task 1': '登记现场消费者诉求',
  'task 2': '清点并收回现场物资',
  'task 3': '汇总两日舆情',
};

async function numberOf(duty: DutyRoom, who: string, wanted: string): Promise<string> {
  const { cursor } = await duty.messages();
  await duty.say(`dm:${who}`, who, '#1 待办');
  const { text } = await duty.see({ room: `dm:${who}`, text: '待办', after: cursor });
  if (wanted.startsWith('directive')) return wanted.slice('directive '.length);
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(TASKS[wanted] ?? wanted));
  const number = lines
    .slice(0, at + 1)
    .flatMap((line) => /^任务 (\d+)：/.exec(line.trim())?.[1] ?? [])
    .at(-1);
  if (at < 0 || number === undefined) throw new Error(`no task ${wanted} in\n${text}`);
  return number;
}
