/** Asks for a place on the long connection: each answer opens one socket, once, within 90 seconds (dossier 1.1). */
import { z } from 'zod';
import { readNew } from '../answer';
import type { DingParts } from '../parts';
import { apiUrl, type DingtalkBinding } from '../settings';

/** Robot messages, presses on cards, and every event that the console has switched on. */
export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';
const SUBSCRIPTIONS = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: ROBOT_TOPIC },
  { type: 'CALLBACK', topic: CARD_TOPIC },
];

/** `refused`: key, secret or settings of the console are wrong; `failed`: the next try may do. */
export type TicketEnd = { readonly is: 'ticket'; readonly url: string } | { readonly is: 'refused' | 'failed'; readonly why: string };

const Place = z.looseObject({ endpoint: z.string().min(1).max(1024), ticket: z.string().min(1).max(4096) });

/** One question. The secret travels in it, so only to the host of the binding. Never throws. */
export async function askTicket({ binding, http }: Pick<DingParts, 'binding' | 'http'>, stop: AbortSignal): Promise<TicketEnd> {
  const { clientId, clientSecret } = binding;
  const body = JSON.stringify({ clientId, clientSecret, subscriptions: SUBSCRIPTIONS, ua: '' });
  const url = apiUrl(binding, 'v1.0/gateway/connections/open');
  const reading = readNew(await http({ url, body, headers: { accept: 'application/json' } }, stop));
  if (reading.is === 'end') return { is: 'failed', why: whyOf(reading.result) };
  if (reading.is === 'fault') {
    const { code, status } = reading.fault;
    const isOurs = status >= 400 && status < 500 && status !== 429 && !code.includes('QpsLimit');
    return { is: isOurs ? 'refused' : 'failed', why: `${status} ${code}` };
  }
  const place = Place.safeParse(reading.body);
  const address = place.success ? addressOf(binding, place.data.endpoint, place.data.ticket) : null;
  return address === null ? { is: 'failed', why: 'place unreadable' } : { is: 'ticket', url: address };
}

/** The socket's address; plain only where the host that named it is called plainly too. */
function addressOf(binding: DingtalkBinding, endpoint: string, ticket: string): string | null {
  if (!URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  const isPlain = url.protocol === 'ws:' && binding.apiBase.startsWith('http:');
  if (url.protocol !== 'wss:' && !isPlain) return null;
  url.searchParams.set('ticket', ticket);
  return url.href;
}

function whyOf(result: { readonly is: string; readonly code?: string; readonly what?: string }): string {
  return result.code ?? result.what ?? result.is;
}
