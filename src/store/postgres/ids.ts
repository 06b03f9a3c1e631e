/** Ids that follow from what they name, so that a writer needs no look-up and two writers agree. */
import { createHash } from 'node:crypto';

/** Id of the conversation of a chat; the same chat always has the same id. */
export function conversationId(tenant: string, kind: string, chat: string): string {
  return derived('conversation', tenant, kind, chat);
}

/** Id of the outlet of a sending address; the same address always has the same id. */
export function outletId(route: { readonly tenant: string; readonly channel: string; readonly address: string }): string {
  return derived('outlet', route.tenant, route.channel, route.address);
}

/** So many are remembered; the same few hundred chats and addresses come all day. */
const REMEMBERED = 10_000;
const remembered = new Map<string, string>();

function derived(...names: readonly string[]): string {
  const text = JSON.stringify(names);
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const id = createHash('sha256').update(text).digest('hex').slice(0, 32);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(text, id);
  return id;
}
