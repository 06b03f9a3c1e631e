/** The hands of everybody in the 48 hours: types and clicks what the script says, at its minute, on whatever Fenghuo is reached. */
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readCalendars } from '../../../src/config/calendars';
import { type Calendar, dayOf, daysLater, isWorked, startOfDay } from '../../../src/core/calendar/calendar';
import { HOUR, type Instant, MINUTE } from '../../../src/core/instant';
import { expectedRows, type Row } from '../../support/csv';
import type { DutyRoom, Seen } from '../../support/dutyRoom';

/** Length of the night in minutes. */
export const NIGHT = 2880;

const SCRIPT: readonly Row[] = expectedRows('night48_script.csv');

/** A folder with the sample bureau without turns: duty1 and leader1 keep duty throughout. For the caller to remove. */
export function bureauWithoutTurns(): string {
  const from = resolve('config/sample-bureau');
  const to = mkdtempSync(join(tmpdir(), 'fenghuo-bureau-'));
  const people = readFileSync(join(from, 'people.yaml'), 'utf8');
  writeFileSync(join(to, 'people.yaml'), people.slice(0, people.indexOf('rotation:')));
  copyFileSync(join(from, 'bureau.yaml'), join(to, 'bureau.yaml'));
  return to;
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

/** How the people of the night reach Fenghuo; under blows with more patience. Each ends when what was done is handled and nothing waits. */
export interface Hands {
  say(room: string, from: string, text: string): Promise<void>;
  /** The first button of a card. */
  press(card: Seen, from: string): Promise<void>;
  goTo(at: Instant): Promise<void>;
  /** Everything anybody has seen, oldest first. */
  seen(): Promise<readonly Seen[]>;
}

/** Hands of people whom nothing disturbs. */
export function calmHands(duty: DutyRoom): Hands {
  return {
    say: async (room, from, text) => {
      const { cursor } = await duty.messages();
      await duty.say(room, from, text);
      await duty.see({ room, text: /./, after: cursor });
    },
    press: async (card, from) => {
      const { cursor } = await duty.messages();
      await duty.click(card, from);
      await duty.see({ room: card.room, text: '收到', after: cursor });
    },
    goTo: async (at) => {
      const { status, body } = await duty.sandbox('clock', { now: new Date(at).toISOString() });
      if (status !== 200) throw new Error(`the clock did not move: ${JSON.stringify(body)}`);
    },
    seen: async () => (await duty.messages()).messages,
  };
}

/** Lives through the night up to its last minute; `before` is told of each minute with an act, the clock not yet moved. */
export async function playNight(
  hands: Hands,
  zero: Instant,
  before: (minute: number) => Promise<void> = async () => undefined,
): Promise<void> {
  for (const minute of MINUTES) {
    await before(minute);
    await hands.goTo(zero + minute * MINUTE);
    for (const row of SCRIPT.filter((one) => Number(one.minute) === minute)) await act(hands, row, zero);
  }
  await before(NIGHT);
  await hands.goTo(zero + NIGHT * MINUTE);
}

/** Minutes in which somebody does something. */
export const MINUTES: readonly number[] = [...new Set(SCRIPT.map(({ minute }) => Number(minute)))];

async function act(hands: Hands, { room = '', who = '', how, typed = '', on = '' }: Row, zero: Instant): Promise<void> {
  if (how === 'click') return hands.press(await cardOf(hands, room, zero + Number(/minute (\d+)/.exec(on)?.[1]) * MINUTE), who);
  return hands.say(room, who, await filledIn(hands, typed, who, room));
}

/** A blow may have made its minute a late one. */
const LATE = 1.5 * MINUTE;

/** The newest card of that minute in the private chat. */
async function cardOf(hands: Hands, room: string, from: Instant): Promise<Seen> {
  const cards = (await hands.seen()).filter((m) => m.room === room && hasButton(m));
  const card = cards.findLast(({ at }) => Date.parse(at) >= from && Date.parse(at) < from + LATE);
  if (card === undefined) throw new Error(`no card of ${new Date(from).toISOString()} in ${room}`);
  return card;
}

function hasButton({ fromBot, buttons }: Seen): boolean {
  return fromBot && (buttons ?? []).some(({ text }) => text === '收到');
}

/** `<code>` and numbers as people read them: off the bot's question, and off 待办. */
async function filledIn(hands: Hands, typed: string, who: string, room: string): Promise<string> {
  const wanted = /<([^>]+)>/.exec(typed)?.[1];
  if (wanted === undefined) return typed;
  if (wanted.startsWith('directive')) return typed.replace(/<[^>]+>/, wanted.slice('directive '.length));
  if (wanted === 'code') return typed.replace('<code>', await newest(hands, room, /确认 (\d{4})/));
  await hands.say(`dm:${who}`, who, '#1 待办');
  return typed.replace(/<[^>]+>/, numberIn(await newest(hands, `dm:${who}`, /(#1 待办[\s\S]*)/), wanted));
}

/** What the newest message of the bot in a room has at this place. */
async function newest(hands: Hands, room: string, words: RegExp): Promise<string> {
  const found = (await hands.seen()).findLast((m) => m.fromBot && m.room === room && words.test(m.text));
  const part = found === undefined ? undefined : words.exec(found.text)?.[1];
  if (part === undefined) throw new Error(`nothing like ${String(words)} in ${room}`);
  return part;
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

/** The number that stands above a task's words in 待办. */
function numberIn(text: string, wanted: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(TASKS[wanted] ?? wanted));
  const numbers = lines.slice(0, at + 1).flatMap((line) => /^任务 (\d+)：/.exec(line.trim())?.[1] ?? []);
  const number = numbers.at(-1);
  if (at < 0 || number === undefined) throw new Error(`no task ${wanted} in\n${text}`);
  return number;
}
