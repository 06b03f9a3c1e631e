/** DING, the strong reminder (dossier 3.5): in the app, by SMS or by phone; the last two out of a bought quota. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { MonthCount } from '../allowance';
import { denied, granted, type Reply } from '../replies';
import type { WireCall, WireTable } from '../wireApi';
import { foreignRobot, type RobotParts } from './speaker';

const MAX_RECEIVERS = 200;
const WAYS = { 1: '应用内', 2: '短信', 3: '电话' } as const;

const sendSchema = z.looseObject({
  remindType: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  receiverUserIdList: z.array(z.string()).min(1),
  content: z.string().min(1),
});
const dingSchema = z.looseObject({ openDingId: z.string() });

/** One DING: the message in each receiver's private chat. */
interface Ding {
  readonly messages: ReadonlyMap<string, string>;
}

/** Sending, taking back and asking who has read. */
export class Dings {
  private readonly dings = new Map<string, Ding>();
  private readonly sms: MonthCount;
  private readonly called: MonthCount;

  constructor(private readonly parts: RobotParts) {
    this.sms = new MonthCount(parts.now);
    this.called = new MonthCount(parts.now);
  }

  /** What was used of the bought quota this month. */
  get used(): { readonly sms: number; readonly phone: number } {
    return { sms: this.sms.used, phone: this.called.used };
  }

  apis(): WireTable {
    const entry = (name: string, run: (call: WireCall) => Reply) => ({ token: 'app' as const, name, run });
    return {
      'POST v1.0/robot/ding/send': entry('robot/ding/send', (call) => this.send(call)),
      'POST v1.0/robot/ding/recall': entry('robot/ding/recall', (call) => this.recall(call)),
      'POST v1.0/robot/ding/readStatuses/query': entry('robot/ding/readStatuses/query', (call) => this.readers(call)),
    };
  }

  wipe(): void {
    this.dings.clear();
    this.sms.wipe();
    this.called.wipe();
  }

  /** Unknown receivers stand in `failedList`; the quota counts those who are reached. */
  private send({ json }: WireCall): Reply {
    const foreign = foreignRobot(this.parts, json);
    const body = sendSchema.safeParse(json);
    if (foreign || !body.success) return foreign ?? denied('invalidParameter.param.invalid');
    const { remindType, receiverUserIdList, content } = body.data;
    if (receiverUserIdList.length > MAX_RECEIVERS) return denied('invalidParameter.userIds.overMax');
    const found = [...new Set(receiverUserIdList)].map((userid) => ({ userid, person: this.parts.book.userid(userid)?.person }));
    const reached = found.flatMap(({ person }) => (person && !this.parts.switches.standing(person.id).left ? [person] : []));
    if (!this.pays(remindType, reached.length)) return denied('ding.serverquota.insufficient');
    const failed = found.filter(({ person }) => !person || !reached.includes(person));
    const text = `[DING·${WAYS[remindType]}] ${content}`;
    const messages = new Map(reached.map((person) => [person.id, this.show(person.id, text, json)]));
    const openDingId = randomBytes(16).toString('base64');
    this.dings.set(openDingId, { messages });
    return granted({ openDingId, failedList: Object.fromEntries(failed.map(({ userid }) => [userid, 'userId not exist'])) });
  }

  private pays(remindType: 1 | 2 | 3, receivers: number): boolean {
    const { monthlySms, monthlyCalled } = this.parts.switches.on;
    if (remindType === 2) return this.sms.take(monthlySms, receivers);
    return remindType === 1 || this.called.take(monthlyCalled, receivers);
  }

  private show(person: string, text: string, raw: unknown): string {
    return this.parts.board.post({
      room: `dm:${person}`,
      from: null,
      fromBot: true,
      via: 'ding',
      kind: 'text',
      text,
      pinged: [person],
      raw,
    }).id;
  }

  private recall({ json }: WireCall): Reply {
    const ding = this.find(json);
    if ('status' in ding) return ding;
    for (const message of ding.messages.values()) this.parts.board.recall(message);
    return granted({ openDingId: (json as { openDingId: string }).openDingId });
  }

  private readers({ json }: WireCall): Reply {
    const ding = this.find(json);
    if ('status' in ding) return ding;
    const infos = [...ding.messages].map(([person, message]) => {
      const read = this.parts.readers.of(message).some((reading) => reading.person === person);
      return { userId: this.parts.book.account(person).userid, readStatus: read ? 'READ' : 'UNREAD' };
    });
    return granted({ robotDingReadInfoList: infos });
  }

  private find(json: unknown): Ding | Reply {
    const foreign = foreignRobot(this.parts, json);
    const body = dingSchema.safeParse(json);
    if (foreign || !body.success) return foreign ?? denied('invalidParameter.param.invalid');
    return this.dings.get(body.data.openDingId) ?? denied('resource.not.found');
  }
}
