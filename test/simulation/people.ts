/** The people of the duty room: they walk the main road in their own order and time, and get much of it wrong. */
import type { IncidentState } from '../../src/core/incident/state';
import { hasEnded, openAsks } from '../../src/core/incident/state';
import { nameOf, type Roster } from '../../src/core/roster/roster';
import type { Inbound } from '../../src/ports/platform';
import type { World } from '../../src/store/memory';

import { type SimPlatform, TENANT } from './platform';
import type { Random } from './random';
import type { Scheduler } from './scheduler';

export interface People {
  /** True when everybody has said all they had to say. */
  readonly done: () => boolean;
}

interface Scene {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly world: World;
  readonly platform: SimPlatform;
  readonly roster: Roster;
}

interface Acting extends Scene {
  /** Has this office a desk that keeps shifts? */
  readonly hasDesk: boolean;
  /** Codes that were typed. */
  readonly typed: Set<string>;
}

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
const SECOND_REPORT = '今天上午9点,陕州区大营镇一家养老机构门前三十多人聚集要求退款,镇政府已到场';
/** Never to stand in a log, whatever becomes of the message. */
export const PRIVATE_WORDS = '梧桐树下说的话';
const CHATTER = ['好的', '大家辛苦了', '帮助', '列表', '状态', '#1 状态', '#99 状态', '1', '2', '确认 0000', '你好在吗', '绝密文件见附件'];
const ROOMS = ['duty', 'hq', 'county-hubin', 'nobody-knows-this-chat'];
const STRANGERS = ['guest1', 'duty1', 'log2', 'stranger'];
const DECISIONS = ['定级 Ⅲ', '启动', '调级 Ⅱ 聚集扩大', '终止 不终止了'];
const MORE = [
  '补充 现场人数增加到九十多人',
  '更正 人数为四十人左右',
  `进展 已到现场,${PRIVATE_WORDS}`,
  '进展 群众情绪平稳',
  '进展 <@all> @所有人 @director [请看](http://example.com) 速来',
];
/** Who does what beside the decisions, with the number of the incident in front. `@` stands for somebody's name. */
const WORK: readonly (readonly [string, string])[] = [
  ['director', '任务 @site1 清点现场人数 2小时内'],
  ['coord1', '任务 @log1 送饮用水 明早8点前'],
  ['site1', '完成 1 已清点,六十二人'],
  ['log1', '完成 2 已送到'],
  ['director', '批示 @director 从速稳妥处置 @coord1'],
  ['coord1', '反馈 1 正在办理'],
  ['duty1', '办结 口头报告带班领导'],
  ['duty1', '办结 电话报告上级'],
  ['duty1', '不适用 研判 情况已明'],
  ['site1', '到达 已到现场'],
  ['inv1', '无法到达 车辆故障'],
  ['duty1', '首报'],
  ['cons2', '审核 1 同意'],
  ['office1', '核稿 1 同意'],
  ['director', '签发 1 同意'],
];
/** What is kept at the desk whether or not something happens; some offices keep no desk. */
const DESK: readonly (readonly [string, string])[] = [
  ['duty1', '开班'],
  ['duty1', '日志 巡查无异常'],
  ['duty1', '交接班单 文件钥匙：两把'],
  ['director', '查岗'],
  ['duty1', '在岗'],
  ['leader1', '在岗'],
  ['duty1', '值班日志'],
];
const REGISTERS: readonly (readonly [string, string])[] = [
  ['office1', '台账 演练 桌面推演 @office1'],
  ['office1', '台账 应急物资 防护服 @log1 数量 50套 最低30'],
  ['log1', '台账 2 检查 齐全'],
  ['office1', '台账'],
];

/** Starts to act; `acts` is how many times somebody does something. */
export function startPeople(scene: Scene, acts: number): People {
  const { scheduler, random } = scene;
  const acting = { ...scene, hasDesk: random.chance(0.7), typed: new Set<string>() };
  let over = false;
  const live = async (): Promise<void> => {
    for (let i = 0; i < acts; i++) {
      await scheduler.sleep('people', pause(random));
      await scheduler.turn('people', 'act');
      say(scene, choose(acting), random.chance(0.6) ? 'line' : 'callback');
    }
    over = true;
  };
  void live();
  return { done: () => over };
}

/** From hardly a moment to a minute and a half. */
function pause(random: Random): number {
  return Math.round(10 ** (1.5 + random.next() * 3.5));
}

/** What somebody does somewhere; no room is a private chat. */
interface Said {
  readonly room: string | null;
  readonly account: string;
  readonly content: Inbound['content'];
}

function choose(scene: Acting): Said {
  const { random } = scene;
  const states = incidents(scene.world);
  const kind = random.next();
  if (freshCode(scene) !== null && random.chance(0.5)) return typeCode(scene);
  if (states.length === 0) return kind < 0.2 ? atDesk(scene) : text('duty', 'duty1', REPORT);
  if (states.length < 3 && kind < 0.02) return text('duty', 'duty1', SECOND_REPORT);
  const state = states.find((one) => !hasEnded(one) && random.chance(0.8)) ?? random.pick(states);
  if (kind < 0.28) return answerCall(scene, state);
  if (kind < 0.6) return decide(scene, state);
  if (kind < 0.68) return text('hq', random.pick(['site1', 'coord1', 'director']), `#${state.n} ${random.pick(MORE)}`);
  if (kind < 0.78) return work(scene, state);
  if (kind < 0.86) return atDesk(scene);
  if (kind < 0.92) return text(random.pick(ROOMS), random.pick(STRANGERS), `#${state.n} ${random.pick(DECISIONS)}`);
  return text(random.pick(ROOMS), random.pick(['duty1', 'director', 'hubin1', 'site1', ...STRANGERS]), random.pick(CHATTER));
}

function work({ random, roster }: Acting, { n }: IncidentState): Said {
  const [who, words] = random.pick(WORK);
  return text('hq', who, `#${n} ${named(roster, words)}`);
}

function atDesk({ random, roster, hasDesk }: Acting): Said {
  const [who, words] = random.pick(hasDesk && random.chance(0.7) ? DESK : REGISTERS);
  return text('duty', who, named(roster, words));
}

function named(roster: Roster, words: string): string {
  return words.replace(/@(\w+)/g, (_, id: string) => `@${nameOf(roster, id)}`);
}

/** The director's next step on the road, or the code he was asked for; sometimes an old one. */
function decide(scene: Acting, state: IncidentState): Said {
  const { random, platform } = scene;
  const isFresh = freshCode(scene) !== null;
  if (lastCode(platform, 'hq') !== null && random.chance(isFresh ? 0.9 : 0.05)) return typeCode(scene);
  return text('hq', 'director', `#${state.n} ${nextStep(random, state)}`);
}

/** The last code of the room, if the director has not typed it. */
function freshCode({ platform, typed }: Acting): string | null {
  const code = lastCode(platform, 'hq');
  return code === null || typed.has(code) ? null : code;
}

/** Typed by whom it was shown to, or by somebody else. */
function typeCode({ random, platform, typed }: Acting): Said {
  const code = lastCode(platform, 'hq') ?? '0000';
  const who = random.chance(0.9) ? 'director' : 'duty1';
  if (who === 'director') typed.add(code);
  return text('hq', who, `确认 ${code}`);
}

function nextStep(random: Random, state: IncidentState): string {
  if (state.levels.length === 0) return '定级 Ⅲ 人数较多';
  if (state.activated === null) return '启动';
  if (random.chance(0.25)) return '终止 群众已散去,退费方案已落实';
  return random.chance(0.5) ? '调级 Ⅱ 聚集扩大至两市' : '调级 Ⅲ 现场平稳';
}

/** Somebody who is asked answers: in the room, in private, by the button of the room or of the private message. */
function answerCall(scene: Acting, state: IncidentState): Said {
  const asks = openAsks(state);
  if (asks.length === 0) return scene.random.chance(0.1) ? text('hq', 'coord1', '收到') : decide(scene, state);
  const { room, person, version } = scene.random.pick(asks);
  const content: Said['content'] = { is: 'click', key: `ack:${state.n}:${version}` };
  const where = scene.random.chance(0.5) ? room : null;
  return scene.random.chance(0.5) ? text(where, person, '收到') : { room: where, account: person, content };
}

/** Nobody needs more tries than this to end one incident in the calm. */
const MOST_TRIES = 4;

/** In the calm the director ends what still runs, one incident after the other; `wait` lets a quiet minute pass. By callbacks, which
 * are repeated until they are taken. Throws where one cannot be ended. */
export async function endEverything(scene: Scene, wait: () => Promise<void>): Promise<void> {
  const running = (): IncidentState | undefined => incidents(scene.world).find((state) => !hasEnded(state));
  const tries = new Map<number, number>();
  for (let state = running(); state !== undefined; state = running()) {
    const tried = (tries.get(state.n) ?? 0) + 1;
    if (tried > MOST_TRIES) throw new Error(`#${state.n} cannot be ended: it is ${state.status}`);
    tries.set(state.n, tried);
    say(scene, text('hq', 'director', `#${state.n} ${state.activated === null ? '不列入 经核实系误报' : '终止 处置完毕'}`), 'callback');
    await wait();
    say(scene, text('hq', 'director', `确认 ${lastCode(scene.platform, 'hq')}`), 'callback');
    await wait();
  }
}

function text(room: string | null, account: string, words: string): Said {
  return { room, account, content: { is: 'text', text: words, quote: null } };
}

const CODE = /确认 (\d{4})/;

/** The last code that was shown in a room. */
function lastCode(platform: SimPlatform, room: string): string | null {
  const newest = platform.effects.findLast((e) => e.address.split('?')[0] === room && !e.recognised && CODE.test(e.body));
  return CODE.exec(newest?.body ?? '')?.[1] ?? null;
}

function say({ scheduler, random, platform }: Scene, { room, account, content }: Said, via: 'line' | 'callback'): void {
  const dedupeKey = random.hex(12);
  scheduler.note(`${account} in ${room ?? 'private'}: ${content.is === 'text' ? content.text : JSON.stringify(content)} (${dedupeKey})`);
  const chat = room === null ? ({ id: `dm-${account}`, kind: 'single' } as const) : ({ id: room, kind: 'group' } as const);
  const ticket = random.chance(0.5) ? { req: dedupeKey } : null;
  platform.emit({ tenant: TENANT, source: via, dedupeKey, chat, account, sentAt: null, content, ticket }, via);
}

function incidents(world: World): readonly IncidentState[] {
  return [...world.rows.streams.values()].flatMap((row) =>
    row.kind !== 'incident' || row.state === null ? [] : [row.state as IncidentState],
  );
}
