/** From the body of a robot message, pushed or called back, to an inbound message (dossier 2.1, 2.2). */
import { z } from 'zod';
import type { Inbound } from '../../../ports/platform';
import type { DingParts } from '../parts';
import { sessionTicket } from '../tickets';
import { moment, name } from './fields';
import { accountOf } from './sender';
import { quotedOf, wordsOf } from './words';

/** Identity under which the robot's messages are stored, whichever way they came. */
export const ROBOT_SOURCE = 'robot';

const Text = z.looseObject({ content: z.string(), repliedMsg: z.unknown().optional() });

/** What the adapter reads of the body; other fields are the platform's own, and unknown ones no fault. */
export const RobotMessage = z.looseObject({
  msgId: z.string().min(1).max(256),
  msgtype: z.string().max(64),
  conversationType: z.union([z.string(), z.number().transform(String)]).catch(''),
  conversationId: z.string().min(1).max(256),
  senderId: name,
  senderStaffId: name,
  senderUnionId: name,
  senderCorpId: name,
  robotCode: name,
  createAt: moment,
  sessionWebhook: name,
  sessionWebhookExpiredTime: moment,
  text: Text.optional().catch(undefined),
  content: z.unknown().optional(),
  quoteMessage: z.unknown().optional(),
});
export type RobotMessage = z.infer<typeof RobotMessage>;

const GROUP = '2';

/** The message; null when it is none, or nobody sent it. A redelivery has the same `msgId` and so the same key. Unknown kinds come out as `other`. */
export function readMessage(data: unknown, parts: DingParts): Inbound | null {
  const body = RobotMessage.safeParse(data);
  return body.success ? messageOf(body.data, parts) : null;
}

/** The same from a body that was checked already. */
export function messageOf(body: RobotMessage, parts: DingParts): Inbound | null {
  const { binding, deps } = parts;
  const { senderStaffId: userid, senderUnionId: unionid, senderId, senderCorpId: corpId } = body;
  const account = accountOf({ userid, unionid, senderId, corpId }, parts);
  if (account === null) return null;
  return {
    tenant: binding.tenant,
    source: ROBOT_SOURCE,
    dedupeKey: body.msgId,
    chat: body.conversationType === GROUP ? { id: body.conversationId, kind: 'group' } : { id: account, kind: 'single' },
    account,
    sentAt: body.createAt ?? null,
    content: contentOf(body),
    ticket: sessionTicket(binding, body.sessionWebhook, body.sessionWebhookExpiredTime ?? null, deps.clock.now()),
  };
}

function contentOf({ msgtype, text, content, quoteMessage }: RobotMessage): Inbound['content'] {
  const words = wordsOf(msgtype, text, content);
  if (words === null) return { is: 'other', what: msgtype === 'richText' ? 'picture' : msgtype };
  return { is: 'text', text: words, quote: quotedOf(text?.repliedMsg) ?? quotedOf(quoteMessage) };
}
