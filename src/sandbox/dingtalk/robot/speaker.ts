/** Messages of the app's robot through the server API (dossier 3.3): into a group it stands in, or to at most twenty people. */
import { z } from 'zod';
import type { Look } from '../../messages';
import type { DingParts } from '../parts';
import { denied, granted, type Reply } from '../replies';
import type { WireCall, WireTable } from '../wireApi';
import type { Flood } from './flood';
import type { SentBook } from './sent';
import { readTemplate } from './templates';

const MAX_USERS = 20;
const SCOPE = 'qyapi_robot_sendmsg';

const groupSchema = z.looseObject({ openConversationId: z.string().optional(), msgKey: z.unknown(), msgParam: z.unknown() });
const singleSchema = z.looseObject({ userIds: z.array(z.string()).optional(), msgKey: z.unknown(), msgParam: z.unknown() });

/** What sends, queries and recalls share. */
export interface RobotParts extends DingParts {
  readonly sent: SentBook;
  readonly flood: Flood;
}

/** The refusal of a robot code that is not this robot's, or null. */
export function foreignRobot(parts: DingParts, json: unknown): Reply | null {
  const { robotCode } = (json ?? {}) as { robotCode?: unknown };
  if (robotCode === undefined || robotCode === '') return denied('invalidParameter.robotCode.empty');
  return robotCode === parts.keys.robotCode ? null : denied('invalidParameter.robotCode.notExsit');
}

/** The two sends. */
export class RobotSpeaker {
  constructor(private readonly parts: RobotParts) {}

  apis(): WireTable {
    return {
      'POST v1.0/robot/groupMessages/send': {
        token: 'app',
        scope: SCOPE,
        name: 'robot/groupMessages/send',
        run: (call) => this.toGroup(call),
      },
      'POST v1.0/robot/oToMessages/batchSend': {
        token: 'app',
        scope: SCOPE,
        name: 'robot/oToMessages/batchSend',
        run: (call) => this.toPeople(call),
      },
    };
  }

  private toGroup({ json }: WireCall): Reply {
    const foreign = foreignRobot(this.parts, json);
    if (foreign) return foreign;
    const body = groupSchema.safeParse(json);
    const group = body.success ? this.parts.book.group(body.data.openConversationId) : undefined;
    if (!body.success || !group) return denied('invalidParameter.openConversationId.invalid');
    if (!group.botIn) return denied('invalidParameter.robotCode.auth');
    const read = readTemplate(this.parts.media, body.data.msgKey, body.data.msgParam);
    if ('code' in read) return denied(read.code, read.message === undefined ? {} : { message: read.message });
    if (this.floods(group.room.id)) return denied('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi');
    const message = this.show(group.room.id, read.look, json);
    return granted({ processQueryKey: this.parts.sent.note('group', group.room.id, new Map([[group.room.id, message]])) });
  }

  /** Who does not exist, or is being slowed down, is left out and named; the others get it. */
  private toPeople({ json }: WireCall): Reply {
    const foreign = foreignRobot(this.parts, json);
    if (foreign) return foreign;
    const body = singleSchema.safeParse(json);
    const userIds = [...new Set(body.success ? (body.data.userIds ?? []) : [])];
    if (!body.success || userIds.length === 0) return denied('invalidParameter.userIds.empty');
    if (userIds.length > MAX_USERS) return denied('invalidParameter.userIds.overMax');
    const read = readTemplate(this.parts.media, body.data.msgKey, body.data.msgParam);
    if ('code' in read) return denied(read.code, read.message === undefined ? {} : { message: read.message });
    const sorted = this.sorted(userIds);
    const messages = new Map(sorted.reached.map((id) => [id, this.show(`dm:${id}`, read.look, json)]));
    return granted({
      processQueryKey: this.parts.sent.note('single', null, messages),
      invalidStaffIdList: sorted.invalid,
      flowControlledStaffIdList: sorted.slowed,
    });
  }

  private sorted(userIds: readonly string[]): { reached: string[]; invalid: string[]; slowed: string[] } {
    const [reached, invalid, slowed]: [string[], string[], string[]] = [[], [], []];
    for (const userid of userIds) {
      const person = this.parts.book.userid(userid)?.person;
      const standing = person && this.parts.switches.standing(person.id);
      if (!person || standing?.left) invalid.push(userid);
      else if (standing?.flowControlled || this.floods(`dm:${person.id}`)) slowed.push(userid);
      else reached.push(person.id);
    }
    return { reached, invalid, slowed };
  }

  private floods(room: string): boolean {
    return this.parts.switches.on.floodEverywhere && !this.parts.flood.passes(room);
  }

  private show(room: string, look: Look, raw: unknown): string {
    return this.parts.board.post({ room, from: null, fromBot: true, via: 'robot', pinged: [], raw, ...look }).id;
  }
}
