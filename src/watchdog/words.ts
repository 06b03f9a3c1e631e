/** What the watchdog says in the duty room: what is wrong since when, what was missed, whom to ring. Pure. */
import { type Instant, localMinute } from '../core/instant';
import { SECRECY_LINE } from '../core/privacy/clear';
import { maskedPhone } from '../core/privacy/mask';
import type { Contact, Sighting, UnheardRing } from '../ports/watch';
import type { Alarm, AlarmId } from './judge';

/** A group webhook takes 2048 bytes; some are left for the frame around the words. */
const MOST_BYTES = 1_900;
const MOST_RINGS = 8;
const MOST_CALLS = 10;
const HEAD = '【看门狗】';

/** Alarms not told before. `blind`: the database is away and `seen` is the last look, null when there was none. */
export function alarmText(alarms: readonly Alarm[], seen: Sighting | null): string {
  const rings = isAbout(alarms, ['silent:work', 'rings']) ? (seen?.rings.first ?? []) : [];
  return fitted(
    [...alarms.filter((alarm) => !isSaidByOther(alarm, alarms)).map((alarm) => `${HEAD}${sentence(alarm, alarms, seen)}`)],
    seen === null ? [] : missedLines(alarms, seen, rings),
    [...(seen === null ? [] : dialLines(seen, rings)), '请维护人员查看烽火主程序；恢复后在此说明。', ...secrecy(seen)],
  );
}

/** Rings that have come due since the silence was told. */
export function moreText(seen: Sighting, since: Instant, rings: readonly UnheardRing[]): string {
  const words = `${HEAD}主程序仍未恢复（${clock(since, seen)} 起），又有 ${rings.length} 项提醒没有发出：`;
  return fitted([words], ringLines(seen, rings), [...dialLines(seen, rings), ...secrecy(seen)]);
}

/** Alarms that are over, in one message. */
export function overText(over: readonly Alarm[], seen: Sighting): string {
  const lines = over
    .filter((alarm) => !isSaidByOther(alarm, over))
    .map(({ id, since }) => {
      const minutes = Math.max(1, Math.round((seen.realNow - since) / 60_000));
      const more = id === 'silent:work' ? '；停顿期间到点的提醒由主程序补发' : '';
      return `${HEAD}${NAMES(id)}已恢复，自 ${clock(since, seen)} 起约 ${minutes} 分钟${more}。`;
    });
  return [...lines, ...secrecy(seen)].join('\n');
}

const NAMES = (id: AlarmId): string => {
  if (id.startsWith('deaf:')) return '机器人长连接';
  return {
    'silent:work': '主程序',
    'silent:web': '平台回调接收',
    rings: '到点提醒',
    inbox: '消息处理',
    unsent: '紧急消息发送',
    blind: '数据库',
  }[id as Exclude<AlarmId, `deaf:${string}`>];
};

/** One program does both parts in most offices: its end is one sentence. */
function isSaidByOther({ id }: Alarm, all: readonly Alarm[]): boolean {
  return id === 'silent:web' && all.some((other) => other.id === 'silent:work');
}

function sentence({ id, since }: Alarm, all: readonly Alarm[], seen: Sighting | null): string {
  const from = seen === null ? '' : `${clock(since, seen)} 起`;
  if (id.startsWith('deaf:')) return `机器人长连接 ${from}没有收到平台的任何数据，群里 @机器人 的消息可能收不到。`;
  switch (id as Exclude<AlarmId, `deaf:${string}`>) {
    case 'silent:work':
      return `主程序 ${from}${wasStopped(seen) ? '已停止运行' : '没有响应'}，${all.some((a) => a.id === 'silent:web') ? '收不到新消息，' : ''}提醒和催办都已停下。`;
    case 'silent:web':
      return `平台回调接收 ${from}没有响应，部分消息收不到。`;
    case 'rings':
      return '主程序在运行，但到点的提醒没有发出。';
    case 'inbox':
      return `主程序在运行，但 ${seen?.inbox.count ?? 0} 条消息没有处理，最早的是 ${seen?.inbox.oldest == null ? '' : shown(seen.inbox.oldest, seen.now)}。`;
    case 'unsent':
      return `主程序在运行，但 ${seen?.unsent.count ?? 0} 条紧急消息没有发出。`;
    case 'blind':
      return `数据库${from === '' ? '' : ` ${from}`}无法连接，看不到到点情况；以下为最后一次看到的人员。`;
  }
}

function wasStopped(seen: Sighting | null): boolean {
  return seen?.instances[0]?.stoppedAt != null;
}

function missedLines(alarms: readonly Alarm[], seen: Sighting, rings: readonly UnheardRing[]): readonly string[] {
  const silent = isAbout(alarms, ['silent:work']);
  return [
    ...(rings.length === 0 ? [] : [`没有发出的提醒 ${seen.rings.count} 项：`, ...ringLines(seen, rings)]),
    ...(silent && seen.inbox.count > 0 ? [`没有处理的消息 ${seen.inbox.count} 条。`] : []),
    ...(silent && seen.unsent.count > 0 ? [`没有发出的紧急消息 ${seen.unsent.count} 条。`] : []),
  ];
}

function ringLines(seen: Sighting, rings: readonly UnheardRing[]): readonly string[] {
  const lines = rings.slice(0, MOST_RINGS).map((ring) => ringLine(seen, ring));
  const more = Math.max(seen.rings.count, rings.length) - lines.length;
  return more > 0 ? [...lines, `另有 ${more} 项。`] : lines;
}

function ringLine(seen: Sighting, { stream, n, mode, kind, dueAt, ringAt }: UnheardRing): string {
  const matter = stream === 'incident' ? `#${n}` : stream === 'duty' ? '值班' : '台账';
  const drill = mode === 'drill' ? '【演练】' : '';
  const due = dueAt < seen.now ? `已逾期，应于 ${shown(dueAt, seen.now)} 完成` : `${shown(dueAt, seen.now)} 到期`;
  return `${drill}${matter} ${seen.labels[kind] ?? kind}：${shown(ringAt, seen.now)} 应提醒，${due}`;
}

/** Whoever is on duty first, then who owes what was missed; each once. */
function dialLines({ contacts }: Sighting, rings: readonly UnheardRing[]): readonly string[] {
  const onDuty = DUTY.flatMap((role) => contacts.filter((c) => c.onDuty.includes(role)));
  const owing = rings.flatMap(({ owner }) => contacts.filter((c) => c.id === owner || (!DUTY.includes(owner) && c.roles.includes(owner))));
  const calls = [...new Set([...onDuty, ...owing])];
  const lines = calls.slice(0, MOST_CALLS).map(dialLine);
  return calls.length === 0 ? [] : ['请电话联系（完整号码见值班通讯录）：', ...lines];
}

const DUTY: readonly string[] = ['duty_officer', 'duty_leader'];

function dialLine({ name, post, phone }: Contact): string {
  return `${name}（${post}）${phone === null ? '未登记电话' : maskedPhone(phone)}`;
}

/** A real moment on the clock people see. */
function clock(real: Instant, seen: Sighting): string {
  return shown(real + seen.now - seen.realNow, seen.now);
}

/** `HH:MM`, with the day where it is another one. */
function shown(at: Instant, now: Instant): string {
  const [day = '', time = ''] = localMinute(at).split('T');
  return localMinute(now).startsWith(day) ? time : `${day.slice(5)} ${time}`;
}

function secrecy(seen: Sighting | null): readonly string[] {
  return seen?.isFullRoom ? [] : [SECRECY_LINE];
}

function isAbout(alarms: readonly Alarm[], ids: readonly AlarmId[]): boolean {
  return alarms.some(({ id }) => ids.includes(id));
}

/** Drops lines of the middle, the last first, until the message fits; head and tail always stay. */
function fitted(head: readonly string[], middle: readonly string[], tail: readonly string[]): string {
  for (let kept = middle.length; ; kept -= 1) {
    const cut = kept < middle.length ? ['……'] : [];
    const text = [...head, ...middle.slice(0, kept), ...cut, ...tail].join('\n');
    if (kept === 0 || new TextEncoder().encode(text).length <= MOST_BYTES) return text;
  }
}
