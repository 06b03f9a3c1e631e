/** Passive replies of a robot (dossier 1.6, 2.6, 8.1 no. 9): opened, checked against the occasion, and shown or ignored. */
import { z } from 'zod';
import type { Answer } from '../answers';
import type { Received } from '../callbackLine';
import { type CallbackKeys, decryptFrame, signatureOf } from '../crypt';
import type { RobotMouth } from './mouth';
import type { Ticket } from './tickets';

const envelopeSchema = z.looseObject({
  encrypt: z.string(),
  msgsignature: z.string(),
  timestamp: z.union([z.number().int(), z.string().regex(/^\d+$/)]),
  nonce: z.union([z.string(), z.number()]).transform(String),
});
const replySchema = z.looseObject({ msgtype: z.string().optional(), response_type: z.string().optional() });

/** A reply as read. */
export type PassiveReply = z.output<typeof replySchema>;

/** Opens the envelope; a text says why it is ignored. The nonce must be the one of the URL. */
export function openReply(keys: CallbackKeys, received: Received): PassiveReply | string {
  try {
    const envelope = envelopeSchema.safeParse(JSON.parse(received.text));
    if (!envelope.success) return 'envelope';
    const { encrypt, msgsignature, timestamp, nonce } = envelope.data;
    if (nonce !== received.nonce) return 'nonce differs from the URL';
    if (signatureOf(keys.token, String(timestamp), nonce, encrypt) !== msgsignature) return 'signature';
    const reply = replySchema.safeParse(JSON.parse(decryptFrame(keys, encrypt)));
    return reply.success ? reply.data : 'body';
  } catch {
    return 'cannot be read';
  }
}

/** Shows a reply as far as the occasion allows it; a text says why it is ignored. */
export function takeReply(mouth: RobotMouth, ticket: Ticket, reply: PassiveReply, turn: 'first' | 'poll'): Answer | string {
  if (turn === 'poll') {
    const kinds = ['stream', 'stream_with_template_card'];
    return kinds.includes(reply.msgtype ?? '') ? mouth.reply(ticket, reply, { kinds, items: true }) : 'a poll is answered by a stream';
  }
  switch (ticket.kind) {
    case 'message':
      return mouth.reply(ticket, reply, { kinds: ['stream', 'template_card', 'stream_with_template_card'], items: true });
    case 'enter':
      return mouth.say(ticket.room, reply, { kinds: ['text', 'template_card'], items: false });
    case 'card':
      return reply.response_type === 'update_template_card' ? mouth.update(ticket, reply) : 'a click is answered by a card update';
    case 'other':
      return 'this event takes no answer';
  }
}
