/** The table of who is asked, run against a whole bureau: what the raw payloads really pinged, both ways. */
import { expect } from '@jest/globals';
import type { Bureau } from '../support/bureau';
import type { Row } from '../support/csv';
import type { Seen } from '../support/dutyRoom';
import { atRest } from '../support/inbox';

/** One situation of the table, all columns by name. */
export type Case = Row & { readonly case: string; readonly story: string };

/** What one act made the bot send, written as the table writes it, sorted. */
export interface Sent {
  /** `room: person person; room: person` of those really @-ed. */
  readonly pinged: string;
  /** People with a private message. */
  readonly private: string;
  /** Rooms with any message. */
  readonly rooms: string;
  /** Messages that name somebody twice. */
  readonly doubled: readonly string[];
}

/** Says what the row says and confirms it where it begins with `!`; answers what the bot sent because of it. */
export async function sentBy(bureau: Bureau, row: Case, n: number): Promise<Sent> {
  const { cursor } = await bureau.messages();
  const words = (row.says ?? '').replaceAll('{n}', String(n));
  const [room, from] = [row.room ?? '', row.from ?? ''];
  if (words.startsWith('!')) await bureau.decide(room, from, words.slice(1));
  else await bureau.say(room, from, words);
  await atRest(bureau);
  return sentOf((await bureau.messages(cursor)).messages.filter((m) => m.fromBot));
}

function sentOf(messages: readonly Seen[]): Sent {
  const rooms = sorted(messages.filter((m) => !isPrivate(m.room)).map((m) => m.room));
  const pingedIn = (room: string): string[] => sorted(messages.filter((m) => m.room === room).flatMap((m) => m.pinged));
  return {
    pinged: list(rooms.map((room) => [room, pingedIn(room)])),
    private: sorted(messages.filter((m) => isPrivate(m.room)).map((m) => m.room.slice('dm:'.length))).join(' '),
    rooms: rooms.join(' '),
    doubled: messages.filter((m) => new Set(m.pinged).size !== m.pinged.length).map((m) => m.text),
  };
}

/** What the table expects of a row, in the same shape. */
export function expectedOf(row: Case): Sent {
  const pinged = (row.pinged ?? '').split(';').map((part) => part.split(':'));
  return {
    pinged: list(pinged.map(([room = '', people]): [string, string[]] => [room.trim(), sorted(words(people))]).sort()),
    private: sorted(words(row.private)).join(' '),
    rooms: sorted(words(row.rooms)).join(' '),
    doubled: [],
  };
}

function list(byRoom: readonly (readonly [string, readonly string[]])[]): string {
  return byRoom.flatMap(([room, people]) => (people.length === 0 ? [] : [`${room}: ${people.join(' ')}`])).join('; ');
}

/** The incident is what the row says it is: nobody can be right about people by being wrong about the matter. */
export async function isAsTold(bureau: Bureau, row: Case, n: number): Promise<void> {
  const { body } = await bureau.api(`/api/v1/incidents/${n}`);
  const { plan, category } = body as unknown as { plan: Named; category: Named };
  expect([plan?.id, category?.id]).toEqual([row.plan, row.category]);
}

type Named = { readonly id: string } | null;

function words(list: string | undefined): readonly string[] {
  return (list ?? '').split(' ').filter((word) => word !== '');
}

function isPrivate(room: string): boolean {
  return room.startsWith('dm:');
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
