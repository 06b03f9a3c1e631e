/** The custom robots of the groups (dossier 3.2): secured, limited, and the ones that page. */
import { MonthCount } from '../allowance';
import type { Conversation } from '../book';
import { headerOf } from '../http';
import type { DingParts } from '../parts';
import { accepted, type Reply, refused } from '../replies';
import { signFault } from '../sign';
import type { WireCall, WireTable } from '../wireApi';
import { readHookBody } from './bodies';
import type { Flood } from './flood';

/** `robot/send`. */
export class Hooks {
  private readonly seen = new Set<string>();
  private readonly month: MonthCount;

  constructor(
    private readonly parts: DingParts,
    private readonly flood: Flood,
  ) {
    this.month = new MonthCount(parts.now);
  }

  apis(): WireTable {
    return { 'POST robot/send': { token: null, free: true, run: (call) => this.send(call) } };
  }

  wipe(): void {
    this.seen.clear();
    this.month.wipe();
  }

  /** A message with a uuid that was sent before is granted and not shown again. */
  private send(call: WireCall): Reply {
    const group = this.parts.book.groupByHook(call.token);
    if (!group?.hook) return refused(300005);
    if (!headerOf(call.request, 'content-type').startsWith('application/json')) return refused(43004);
    if (call.json === undefined) return refused(9499);
    const message = readHookBody(this.parts.book, group.room, call.json, call.body.length);
    if (typeof message === 'number') return refused(message);
    const insecure = this.insecure(group, message.look.text, call);
    if (insecure !== null) return refused(310000, insecure);
    const uuid = message.uuid === null ? null : `${group.hook.accessToken}/${message.uuid}`;
    if (uuid !== null && this.seen.has(uuid)) return accepted();
    if (!this.flood.passes(group.hook.accessToken)) return refused(130101);
    if (!this.month.take(this.parts.switches.on.monthlyHooks ?? Number.POSITIVE_INFINITY)) return refused(90030);
    if (uuid !== null) this.seen.add(uuid);
    const { look, pinged } = message;
    this.parts.board.post({ room: group.room.id, from: null, fromBot: true, via: 'webhook', pinged, raw: call.json, ...look });
    return accepted();
  }

  /** Everything that is switched on must pass; which one did not is said in words only. */
  private insecure({ hook }: Conversation, words: string, { query }: WireCall): string | null {
    const { on } = this.parts.switches;
    if (!on.hookTrustsIp) return 'description:机器人发送IP地址127.0.0.1不在白名单;solution:请将ip加入白名单;';
    if (on.hookKeywords.length > 0 && !on.hookKeywords.some((word) => words.includes(word)))
      return 'description:关键词不匹配;solution:请联系群管理员查看此机器人的关键词，并在发送的信息中包含此关键词;';
    if (!on.hookSign) return null;
    const given = { timestamp: query.get('timestamp') ?? '', sign: query.get('sign') ?? '' };
    const fault = signFault(given, hook?.secret ?? '', this.parts.now());
    if (fault === null) return null;
    return fault === 'stale'
      ? 'description:timestamp 无效;solution:请确认 timestamp 为毫秒且与当前时间相差不超过1小时;'
      : 'description:机器人签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中，请确认机器人的密钥加密和填写正确;';
  }
}
