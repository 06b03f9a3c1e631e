/** Opening stream mode (dossier 1.1): a ticket for one connection, good for 90 s of the sandbox clock. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { headerOf } from '../http';
import type { DingKeys } from '../keys';
import { denied, granted, type Reply } from '../replies';
import { sameText } from '../sign';
import type { WireCall } from '../wireApi';

const LIFE_MS = 90_000;

/** Label characters that a user agent may hold; what exactly the platform minds is not told. */
const UA = /^[\x20-\x7e]{0,256}$/;

const openSchema = z.looseObject({
  clientId: z.string(),
  clientSecret: z.string(),
  subscriptions: z.array(z.looseObject({ type: z.enum(['EVENT', 'CALLBACK', 'SYSTEM']), topic: z.string().min(1) })).min(1),
  ua: z.string().optional(),
  localIp: z.string().optional(),
});

/** What a connection wants to hear. */
export interface Subscription {
  readonly type: string;
  readonly topic: string;
}

/** The tickets given out. */
export class StreamTickets {
  private readonly tickets = new Map<string, { readonly subscriptions: readonly Subscription[]; readonly expiresAt: number }>();

  constructor(
    private readonly keys: DingKeys,
    private readonly now: () => number,
    private readonly endpoint: () => string,
  ) {}

  /** `gateway/connections/open`; XML for a caller that does not ask for JSON. */
  open({ json, request }: WireCall): Reply {
    const reply = this.answer(json);
    return headerOf(request, 'accept').includes('application/json') ? reply : asXml(reply);
  }

  /** The subscriptions behind a ticket, which is used up by that; null for a stale, used or unknown one. */
  take(ticket: string): readonly Subscription[] | null {
    const entry = this.tickets.get(ticket);
    this.tickets.delete(ticket);
    return entry && this.now() < entry.expiresAt ? entry.subscriptions : null;
  }

  wipe(): void {
    this.tickets.clear();
  }

  private answer(json: unknown): Reply {
    const body = openSchema.safeParse(json);
    if (!body.success) return denied('invalidParameter', { message: body.error.issues[0]?.path.join('.') ?? '' });
    const { clientId, clientSecret, subscriptions, ua = '' } = body.data;
    if (clientId !== this.keys.clientId || !sameText(clientSecret, this.keys.clientSecret)) return denied('authFailed');
    if (!UA.test(ua)) return denied('invalidParameter', { message: 'ua invalid' });
    const ticket = `${randomUUID()}+/${randomUUID()}=`;
    this.tickets.set(ticket, { subscriptions, expiresAt: this.now() + LIFE_MS });
    return granted({ endpoint: this.endpoint(), ticket });
  }
}

/** The same in the gateway's other language. */
function asXml(reply: Reply): Reply {
  const fields = Object.entries(reply.noted as Record<string, unknown>).filter(([name]) => name !== 'status');
  const inner = fields.map(
    ([name, value]) => `<${name}>${String(value).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</${name}>`,
  );
  const body = `<?xml version="1.0" encoding="UTF-8"?><response>${inner.join('')}</response>`;
  return { ...reply, headers: { 'content-type': 'application/xml;charset=utf-8' }, body };
}
