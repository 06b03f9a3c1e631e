/** Messages in the name of the sender's account: into groups we made, and the last way to a room (dossier 6.4). */
import type { Channel } from '../../../../ports/platform';
import { paperWords } from '../../../wire/paperWords';
import { textBody } from '../encode';
import { sendNotice } from '../notice';
import { endOf, type GovParts, limitsOf } from '../parts';
import { freeze, thaw } from '../piece';
import { piecesForRoom } from './inRoom';

/** Id of the channel. */
export const CHAT = 'govding.chat';
/** `2` is a group. */
const GROUP_CHAT = '2';

/** Address: the group's chat id. Repeats show twice. Without `senderAccountId` nothing can be sent. */
export function createChat(parts: GovParts): Channel {
  const { binding, api } = parts;
  return {
    id: CHAT,
    via: 'http',
    pages: false,
    idempotent: null,
    limits: limitsOf(binding),
    split: (message) => piecesForRoom(parts, message),
    attach: (paper) => freeze({ say: paperWords(paper.name) }),
    async send(frozen, to, key, stop) {
      const piece = thaw(frozen);
      if (piece === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      if (piece.notify !== undefined) return sendNotice(parts, { people: piece.notify, words: piece.say, key }, stop);
      if (binding.senderAccountId === undefined) return { is: 'refused', code: 'no_sender', fault: 'capability' };
      const fields = [
        ['msg', textBody(piece.say)],
        ['senderId', binding.senderAccountId],
        ['chatId', to.address],
        ['tenantId', binding.tenantId],
        ['chatType', GROUP_CHAT],
      ] as const;
      const reading = await api({ path: '/chat/sendMsg', fields }, stop);
      return reading.is === 'done' ? { is: 'accepted' } : endOf(parts, CHAT, 'chat', reading);
    },
  };
}
