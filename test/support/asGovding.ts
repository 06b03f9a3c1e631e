/** The duty room as people on the government edition live it: called by a notice of their own, answering in words where others press. */
import { type DutyRoom, type Seen, talkIn } from './dutyRoom';

/** Behind the first line of a notice to somebody called in a room. */
const HINT = /（\d\d:\d\d:\d\d）\n（群内点名，请到群里回复）/;
const ANSWERS = /可回复：([^\n]+)/;
const PART = /^（(\d+)\/(\d+)）/;
/** The notice follows the room's message at once; two looks in a row that agree have seen all of it. */
const LOOK_EVERY_MS = 60;
const PATIENCE_MS = 15_000;

/**
 * The same room, told in the words of the other platforms: `pinged` are those whom a notice called to this very message (named
 * in its first line), `buttons` what can be
 * answered in words, and a press is that word said in the same place. Numbered parts are read as one message, under the id of the first; the
 * notices themselves are left out.
 */
export function asGovding(duty: DutyRoom): DutyRoom {
  const messages: DutyRoom['messages'] = async (after) => {
    const { cursor, messages: all } = await duty.messages(after);
    const notices = all.filter(isNotice);
    const { people } = (await duty.sandbox('state')).body as { people: { id: string; name: string }[] };
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return { cursor, messages: inOnePiece(all.filter((m) => !isNotice(m))).map((m) => lived(m, notices, names)) };
  };
  const settled = async (): Promise<void> => {
    for (let before = -1, now = 0; before !== now; before = now, now = (await duty.messages()).cursor) await pause();
  };
  const see: DutyRoom['see'] = async (wish) => {
    const meets = (m: Seen) =>
      m.fromBot && m.room === wish.room && (typeof wish.text === 'string' ? m.text.includes(wish.text) : wish.text.test(m.text));
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = (await messages(wish.after)).messages.some(meets);
      if (seen) await settled();
      const found = seen ? (await messages(wish.after)).messages.findLast(meets) : undefined;
      if (found !== undefined) return found;
      if (Date.now() > until) throw new Error(`nothing like ${String(wish.text)} in ${wish.room}`);
      await pause();
    }
  };
  return {
    ...duty,
    messages,
    see,
    ...talkIn({ say: duty.say, see, messages }),
    click: async (message, from) => void (await duty.say(message.room, from, message.buttons?.[0]?.text ?? '')),
  };
}

function isNotice({ fromBot, text }: Seen): boolean {
  return fromBot && HINT.test(text);
}

/** The parts of one message stand in one room, one after another. */
function inOnePiece(messages: readonly Seen[]): readonly Seen[] {
  const whole: Seen[] = [];
  for (const message of messages) {
    const number = Number(PART.exec(message.text)?.[1] ?? 1);
    const at = number === 1 ? -1 : whole.findLastIndex(({ room, fromBot }) => fromBot && room === message.room);
    const before = whole[at];
    const bare = { ...message, text: message.text.replace(PART, '') };
    if (before === undefined) whole.push(bare);
    else whole[at] = { ...before, text: `${before.text}\n${bare.text}` };
  }
  return whole;
}

function lived(message: Seen, notices: readonly Seen[], names: ReadonlyMap<string, string>): Seen {
  if (!message.fromBot) return message;
  const called = message.room.startsWith('dm:') ? [] : notices.filter((m) => message.text.startsWith(wordsOf(m)));
  const pinged = called.map(({ room }) => room.slice('dm:'.length));
  const answers = ANSWERS.exec(message.text)?.[1]?.split('、');
  return {
    ...message,
    text: message.text.replace(/(?=\n|$)/, pinged.map((person) => ` @${names.get(person)}`).join('')),
    pinged,
    ...(answers === undefined ? {} : { buttons: answers.map((text) => ({ key: text, text })) }),
  };
}

function wordsOf({ text }: Seen): string {
  return text.replace(HINT, '').replace(PART, '');
}

function pause(): Promise<void> {
  return new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
}
