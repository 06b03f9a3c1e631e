/** Messages into an app's own group (dossier 5.5): kinds, real mentions, and limits of which one is silent. */
import { z } from 'zod';
import type { Look } from '../../messages';
import { RateWindow } from '../../rateWindow';
import type { Room } from '../../world';
import { type Answer, accepted, refused } from '../answers';
import type { CorpParts } from '../parts';
import { cutToBytes, withMentions } from '../text';
import { contentFields, readContent } from './contents';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PERSON_TIMES_A_MINUTE = 20_000;

const bodySchema = z.looseObject({
  ...contentFields,
  text: z.looseObject({ content: z.string().optional(), mentioned_list: z.array(z.string()).optional() }).optional(),
});
type Body = z.output<typeof bodySchema>;

/** `appchat/send` for a group that exists and may be addressed. */
export class ChatSender {
  private readonly perCorp = new RateWindow([{ perMs: MINUTE_MS, max: PERSON_TIMES_A_MINUTE }]);
  private readonly perMember = new RateWindow([
    { perMs: MINUTE_MS, max: 200 },
    { perMs: DAY_MS, max: 10_000 },
  ]);

  constructor(private readonly parts: CorpParts) {}

  /** Shows the message to every member whose window has room; `show` makes the group visible first. 45009 above 20000 person-times a minute. */
  send(room: Room, raw: unknown, show: () => void): Answer {
    const body = bodySchema.safeParse(raw);
    if (!body.success) return refused(40058);
    const look = readContent(body.data, this.parts.media, 'bytes');
    if (typeof look === 'number') return refused(look);
    const now = this.parts.now();
    if (!this.perCorp.take('corp', now, room.members.length)) return refused(45009);
    const missed = room.members.filter((member) => !this.perMember.take(member, now));
    if (missed.length > 0) this.parts.drops.note({ via: 'appchat', room: room.id, people: missed, why: 'member_rate', raw });
    if (missed.length === room.members.length) return accepted();
    show();
    const { pinged, ...shown } = this.mentions(room, body.data, look);
    this.parts.board.post({
      room: room.id,
      from: null,
      fromBot: true,
      via: 'appchat',
      raw,
      ...shown,
      pinged: pinged.filter((person) => !missed.includes(person)),
      ...(missed.length > 0 ? { missed } : {}),
    });
    return accepted();
  }

  wipe(): void {
    this.perCorp.clear();
    this.perMember.clear();
  }

  /** Text pages by its list and by `<@userid>`, markdown by `<@userid>` alone, everything else nobody. */
  private mentions(room: Room, body: Body, look: Look): Look & { readonly pinged: readonly string[] } {
    if (body.msgtype !== 'text' && body.msgtype !== 'markdown') return { ...look, pinged: [] };
    const userids = body.msgtype === 'text' ? body.text?.mentioned_list : undefined;
    return { ...look, ...withMentions(this.parts.world, room, { content: cutToBytes(look.text, 2048), userids }) };
  }
}
