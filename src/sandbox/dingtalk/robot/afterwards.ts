/** What can be done with a message once it is sent (dossier 3.4): who has read it, and taking it back. */
import { z } from 'zod';
import type { NewCode } from '../reasons';
import { denied, granted, type Reply } from '../replies';
import type { WireCall, WireTable } from '../wireApi';
import type { Sent } from './sent';
import { foreignRobot, type RobotParts } from './speaker';

const DAY_MS = 86_400_000;
const MAX_KEYS = 20;
const MAX_RESULTS = 200;

const querySchema = z.looseObject({
  openConversationId: z.string().optional(),
  processQueryKey: z.string().optional(),
  maxResults: z.number().int().optional(),
  nextToken: z.string().optional(),
});
const recallSchema = z.looseObject({
  openConversationId: z.string().optional(),
  processQueryKeys: z.array(z.string()).min(1).max(MAX_KEYS),
});

/** Read states and recalls of the robot's messages. */
export class Afterwards {
  constructor(private readonly parts: RobotParts) {}

  apis(): WireTable {
    const entry = (name: string, run: (call: WireCall) => Reply) => ({ token: 'app' as const, name, run });
    return {
      'POST v1.0/robot/groupMessages/query': entry('robot/groupMessages/query', (call) => this.readersOfGroup(call)),
      'GET v1.0/robot/oToMessages/readStatus': entry('robot/oToMessages/readStatus', (call) => this.readersOfPeople(call)),
      'POST v1.0/robot/groupMessages/recall': entry('robot/groupMessages/recall', (call) => this.recallInGroup(call)),
      'POST v1.0/robot/otoMessages/batchRecall': entry('robot/otoMessages/batchRecall', (call) => this.recallFromPeople(call)),
    };
  }

  /** Names only those who have read. */
  private readersOfGroup({ json }: WireCall): Reply {
    const foreign = foreignRobot(this.parts, json);
    const body = querySchema.safeParse(json);
    if (foreign || !body.success) return foreign ?? denied('invalidParameter.param.invalid');
    const { openConversationId, processQueryKey, maxResults = 20, nextToken = '0' } = body.data;
    if (maxResults < 1 || maxResults > MAX_RESULTS) return denied('invalidParameter.pageSize.invalid');
    if (!/^\d{1,6}$/.test(nextToken === '' ? '0' : nextToken)) return denied('invalidParameter.cursor.invalid');
    const group = this.parts.book.group(openConversationId);
    if (!group) return denied('openConversationId.notExisted');
    const found = this.find(processQueryKey);
    if (typeof found === 'string') return denied(found);
    const [message = ''] = [...found.messages.values()];
    if (found.room !== group.room.id) return denied('invalid.processQueryKey');
    const ids = this.parts.readers.of(message).map(({ person }) => this.parts.book.account(person).userid);
    const from = Number(nextToken || 0);
    const next = from + maxResults;
    const hasMore = next < ids.length;
    return granted({
      sendStatus: statusOf(found),
      readUserIds: ids.slice(from, next),
      hasMore,
      ...(hasMore ? { nextToken: String(next) } : {}),
    });
  }

  private readersOfPeople({ query }: WireCall): Reply {
    const foreign = foreignRobot(this.parts, { robotCode: query.get('robotCode') ?? '' });
    if (foreign) return foreign;
    const found = this.find(query.get('processQueryKey') ?? undefined);
    if (typeof found === 'string') return denied(found);
    const infos = [...found.messages].map(([person, message]) => {
      const at = this.parts.readers.of(message).find((reading) => reading.person === person)?.at;
      const { userid, person: who } = this.parts.book.account(person);
      return {
        userId: userid,
        name: who.name,
        readStatus: at === undefined ? 'UNREAD' : 'READ',
        ...(at === undefined ? {} : { readTimestamp: at }),
      };
    });
    return granted({ sendStatus: statusOf(found), messageReadInfoList: infos });
  }

  private recallInGroup({ json }: WireCall): Reply {
    const { openConversationId } = (json ?? {}) as { openConversationId?: string };
    const group = this.parts.book.group(openConversationId);
    if (!group) return denied('invalid.openConversationId');
    return this.recall(json, (sent) => (sent.room === group.room.id ? null : 'invalid.processQueryKey'));
  }

  /** Within 24 hours of the sandbox clock. */
  private recallFromPeople({ json }: WireCall): Reply {
    return this.recall(json, (sent) => {
      if (sent.room !== null) return 'invalid.processQueryKey';
      return this.parts.now() - sent.at > DAY_MS ? 'processQueryKey.expireTime' : null;
    });
  }

  /** Granted as a whole; what could not be taken back stands in `failedResult` with its reason. */
  private recall(json: unknown, objection: (sent: Sent) => NewCode | null): Reply {
    const foreign = foreignRobot(this.parts, json);
    const body = recallSchema.safeParse(json);
    if (foreign || !body.success) return foreign ?? denied('invalidParameter.processQueryKey.missing');
    const successResult: string[] = [];
    const failedResult: Record<string, string> = {};
    for (const key of body.data.processQueryKeys) {
      const sent = this.parts.sent.find(key);
      const why = sent ? (sent.recalled ? 'invalid.processQueryKey' : objection(sent)) : 'invalid.processQueryKey';
      if (sent && why === null) {
        this.parts.sent.recall(sent);
        successResult.push(key);
      } else failedResult[key] = why ?? '';
    }
    return granted({ successResult, failedResult });
  }

  /** Not to be asked for in the first seconds. */
  private find(key: string | undefined): Sent | NewCode {
    if (!key) return 'invalidParameter.processQueryKey.missing';
    const sent = this.parts.sent.find(key);
    if (!sent) return 'invalid.processQueryKey';
    return this.parts.now() < sent.at + this.parts.switches.on.queryReadyMs ? 'processQueryKey.expireTime' : sent;
  }
}

function statusOf(sent: Sent): string {
  return sent.recalled ? 'RECALLED' : 'SUCCESS';
}
