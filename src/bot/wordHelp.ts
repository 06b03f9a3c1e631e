/** The words of help: what works here now, and one verb with all about it. */
import { type Line, open, press } from '../core/notices/message';
import { ROOM_KINDS, type RoomKind } from '../core/roster/roster';
import type { Shown } from './reply';
import type { VerbRow } from './verbs/row';
import { verbOf } from './verbs/table';

/** A heading with its verbs a line; a star marks what is asked back with a code. At most a dozen lines. */
export function wordHelpHere({ incidents, verbs }: Shown<'help_here'>): readonly Line[] {
  const rows = verbs.flatMap((verb) => verbOf(verb) ?? []);
  const sections = [...new Set(rows.map(({ section }) => section))].sort((a, b) => rankOf(a) - rankOf(b));
  const starred = rows.some(({ confirms }) => confirms);
  return [
    ...(incidents.length === 0 ? [] : [open(aboutText(incidents))]),
    ...sections.map((section) =>
      open(
        `${section}：${rows
          .filter((row) => row.section === section)
          .map(wordOf)
          .join('、')}`,
      ),
    ),
    open(
      `怎么写：帮助 ${rows.find(({ build }) => build !== null)?.words[0] ?? '报告'}；全部指令：帮助 全部${starred ? '（带*的要回复确认码）' : ''}`,
    ),
  ];
}

/** What somebody at night looks for first; a heading that is not named comes behind. */
const FIRST = ['应答', '上报', '情况', '级别', '走向', '处置', '工作记录'];

function rankOf(section: string): number {
  const at = FIRST.indexOf(section);
  return at < 0 ? FIRST.length : at;
}

function aboutText(incidents: readonly number[]): string {
  const shown = incidents.slice(0, MOST_SHOWN).map((n) => `#${n}`);
  return incidents.length === 1
    ? `事件 ${shown[0]}`
    : `事件 ${shown.join('、')}${incidents.length > MOST_SHOWN ? ' 等' : ''}，请把编号写在最前面`;
}

const MOST_SHOWN = 6;

function wordOf({ words, confirms }: VerbRow): string {
  return `${words[0] ?? ''}${confirms ? '*' : ''}`;
}

/** Usage, effect, who, where, and whether it would work now. */
export function wordHelpVerb({ verb, now }: Shown<'help_verb'>): readonly Line[] {
  const row = verbOf(verb);
  if (row === undefined) return [open('没有这个指令。')];
  const also = row.words.slice(1);
  return [
    open(`写法：${row.usage}`),
    helped(`作用：${row.what}`),
    open(`谁可以：${row.who}`),
    ...(row.where.length === ROOM_KINDS.length ? [] : [open(`在哪里：${row.where.map((kind) => ROOMS_ZH[kind]).join('、')}`)]),
    ...(also.length === 0 ? [] : [open(`也可以写：${also.join('、')}`)]),
    ...(row.confirms ? [open('要回复确认码才生效')] : []),
    open(now === null ? '您现在可以在这里办理' : `现在不能：${now}`),
  ];
}

/** A line of help; what it says of a button is left out where nothing can be pressed. */
export function helped(words: string): Line {
  return words.endsWith(OR_PRESS) ? open(words.slice(0, -OR_PRESS.length), press(OR_PRESS)) : open(words);
}

/** How the rows of the table speak of a button. */
const OR_PRESS = '，也可以点按钮';

/** Kinds of rooms as people call them. */
export const ROOMS_ZH: Readonly<Record<RoomKind, string>> = {
  ...{ duty: '值班群', command: '指挥部群', group: '工作群', county: '县区群', incident: '事件群', leader: '领导群', private: '私聊' },
};
