/** From the decrypted XML of an app callback to an inbound message (dossier 5.10). */
import type { Inbound } from '../../../ports/platform';
import type { Accounts } from '../accounts';
import { type Element, fieldOf } from './xml';

/** Identity under which app messages are stored. */
export const APP_SOURCE = 'app';
/** Chat ids of the app's single chats begin so; the robot's single chat with the same person is another conversation. */
export const APP_CHAT = 'app:';

/** The message, click or event in this XML; null when sender or identity are missing. Unknown kinds come out as `other`. */
export function readApp(root: Element, tenant: string, accounts: Accounts): Inbound | null {
  const from = fieldOf(root, 'FromUserName');
  const type = fieldOf(root, 'MsgType');
  const created = fieldOf(root, 'CreateTime');
  if (!from || !type || created === null) return null;
  const dedupeKey = fieldOf(root, 'MsgId') || (type === 'event' ? eventKeyOf(root, from, created) : null);
  if (dedupeKey === null) return null;
  const account = accounts.normalise(from);
  const seconds = Number(created);
  return {
    tenant,
    source: APP_SOURCE,
    dedupeKey,
    chat: { id: `${APP_CHAT}${account}`, kind: 'single' },
    account,
    sentAt: /^\d{1,12}$/.test(created) ? seconds * 1000 : null,
    ...contentOf(root, type),
  };
}

function eventKeyOf(root: Element, from: string, created: string): string {
  const part = (name: string) => fieldOf(root, name) ?? '';
  return JSON.stringify([from, created, part('Event'), part('EventKey'), part('TaskId')]);
}

function contentOf(root: Element, type: string): Pick<Inbound, 'content' | 'ticket'> {
  const text = fieldOf(root, 'Content');
  if (type === 'text' && text !== null) return { content: { is: 'text', text, quote: null }, ticket: null };
  if (type !== 'event') return other(type);
  return eventOf(root, fieldOf(root, 'Event') ?? '');
}

function eventOf(root: Element, event: string): Pick<Inbound, 'content' | 'ticket'> {
  if (event === 'enter_agent') return { content: { is: 'entered' }, ticket: null };
  const change = fieldOf(root, 'ChangeType');
  if (change) return other(`event:${event}:${change}`);
  const key = fieldOf(root, 'EventKey');
  if ((event !== 'template_card_event' && event !== 'template_card_menu_event') || !key) return other(`event:${event}`);
  const responseCode = fieldOf(root, 'ResponseCode');
  const choices = choicesOf(root);
  const content = { is: 'click' as const, key, ...(choices === null ? {} : { choices }) };
  return { content, ticket: responseCode ? { kind: 'app_card', responseCode } : null };
}

/** What was chosen in a card with questions; null for a plain button. */
function choicesOf(root: Element): Readonly<Record<string, readonly string[]>> | null {
  const chosen = under(root, 'SelectedItems', 'SelectedItem').flatMap((item) => {
    const question = fieldOf(item, 'QuestionKey');
    const options = under(item, 'OptionIds', 'OptionId').map((option) => option.text);
    return question ? [[question, options] as const] : [];
  });
  return chosen.length === 0 ? null : Object.fromEntries(chosen);
}

function under(element: Element, list: string, each: string): readonly Element[] {
  const lists = element.children.filter((child) => child.name === list);
  return lists.flatMap((found) => found.children.filter((child) => child.name === each));
}

function other(what: string): Pick<Inbound, 'content' | 'ticket'> {
  return { content: { is: 'other', what: what.slice(0, 64) }, ticket: null };
}
