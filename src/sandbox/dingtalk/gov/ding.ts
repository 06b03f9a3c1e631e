/** DING of the government edition (dossier 6.4): in the app or by SMS; no phone is known. */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { parsedJson } from '../http';
import type { Reply } from '../replies';
import type { GovCall, GovParts, GovTable } from './parts';
import { failed, granted } from './replies';

const accountSchema = z.looseObject({ accountId: z.union([z.string(), z.number()]).transform(String) });
const sendSchema = z.looseObject({
  creator: accountSchema,
  receivers: z.array(accountSchema).min(1),
  notifyType: z.enum(['app', 'sms']),
  bodyType: z.literal('text'),
  textType: z.enum(['plaintext', 'ciphertext']),
  body: z.looseObject({ text: z.string().min(1) }),
});

/** The DINGs of one tenant. */
export class GovDings {
  private readonly dings = new Map<string, ReadonlyMap<string, string>>();

  constructor(private readonly parts: GovParts) {}

  table(): GovTable {
    return {
      'gov/ding/isv/send.json': { run: (call) => this.send(call) },
      'ding/query/userDetail': { run: (call) => this.detail(call) },
    };
  }

  wipe(): void {
    this.dings.clear();
  }

  /** Objects stand as JSON in their fields. */
  private send({ params }: GovCall): Reply {
    const fields = Object.fromEntries(params);
    const unpacked = {
      ...fields,
      ...Object.fromEntries(['creator', 'receivers', 'body'].map((name) => [name, parsedJson(fields[name] ?? '')])),
    };
    const order = sendSchema.safeParse(unpacked);
    if (!order.success) return failed('InvalidParameter', order.error.issues[0]?.path.join('.') ?? '');
    const { book, board } = this.parts;
    const people = order.data.receivers.map(({ accountId }) => book.byAccountId(accountId)?.person);
    if (!book.byAccountId(order.data.creator.accountId) || people.includes(undefined)) return failed('InvalidParameter', 'accountId不存在');
    const text = `[DING·${order.data.notifyType === 'sms' ? '短信' : '应用内'}] ${order.data.body.text}`;
    const shown = people.flatMap((person) => {
      if (!person) return [];
      const message = { room: `dm:${person.id}`, from: null, fromBot: true, via: 'ding' as const, kind: 'text' as const, text };
      return [[person.id, board.post({ ...message, pinged: [person.id], raw: fields }).id] as const];
    });
    const dingId = String(randomInt(1e9, 9e9));
    this.dings.set(dingId, new Map(shown));
    return granted({ dingId });
  }

  private detail({ params }: GovCall): Reply {
    const ding = this.dings.get(params.get('dingId') ?? '');
    if (!ding) return failed('InvalidParameter', 'dingId不存在');
    return granted(
      [...ding].map(([person, message]) => {
        const read = this.parts.readers.of(message).some((reading) => reading.person === person);
        return { accountId: this.parts.book.account(person).accountId, status: read ? 'READ' : 'UNREAD' };
      }),
    );
  }
}
