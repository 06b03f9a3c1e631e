/** The duty room as people on the government edition live it: called by a notice of their own, answering in words where others press. */
import type { DutyRoom, Seen } from './dutyRoom';

const HINT = '（群内点名，请到群里回复）';
const ANSWERS = /可回复：([^、\n]+)/;
/** The notice follows the room's message at once; two looks in a row that agree have seen all of it. */
const LOOK_EVERY_MS = 60;

/**
 * The same room, told in the words of the other platforms: `pinged` are those whom a notice called to this very message, `buttons` what can be
 * answered in words, and a press is that word said in the same place. The notices themselves are left out.
 */
export function asGovding(duty: DutyRoom): DutyRoom {
  const messages: DutyRoom['messages'] = async (after) => {
    const { cursor, messages: all } = await duty.messages(after);
    return { cursor, messages: all.filter((m) => !isNotice(m)).map((m) => lived(m, all)) };
  };
  const settled = async (): Promise<void> => {
    for (let before = -1, now = 0; before !== now; before = now, now = (await duty.messages()).cursor) await pause();
  };
  const see: DutyRoom['see'] = async (wish) => {
    const found = await duty.see(wish);
    await settled();
    return (await messages()).messages.find(({ id }) => id === found.id) ?? found;
  };
  return {
    ...duty,
    messages,
    see,
    click: async (message, from) => void (await duty.say(message.room, from, message.buttons?.[0]?.text ?? '')),
  };
}

function isNotice({ fromBot, text }: Seen): boolean {
  return fromBot && text.includes(HINT);
}

function lived(message: Seen, all: readonly Seen[]): Seen {
  if (!message.fromBot) return message;
  const called = message.room.startsWith('dm:') ? [] : all.filter((m) => isNotice(m) && wordsOf(m) === message.text);
  const answer = ANSWERS.exec(message.text)?.[1];
  return {
    ...message,
    pinged: called.map(({ room }) => room.slice('dm:'.length)),
    ...(answer === undefined ? {} : { buttons: [{ key: answer, text: answer }] }),
  };
}

function wordsOf({ text }: Seen): string {
  return text.slice(0, text.indexOf(`\n${HINT}`));
}

function pause(): Promise<void> {
  return new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
}
