/** Text as the platform measures, cuts and shows it: bytes of UTF-8, and `<@userid>` as the person's name. */
import type { Room, World } from '../world';

const MENTION = /<@([^<>\s]{1,64})>/g;

/** Length in bytes of UTF-8, the unit of every limit of the platform. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** The longest start of `text` that has at most `maxBytes` bytes and splits no character. */
export function cutToBytes(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  let used = 0;
  let cut = '';
  for (const character of text) {
    used += byteLength(character);
    if (used > maxBytes) break;
    cut += character;
  }
  return cut;
}

/** The mention fields of a webhook message; markdown has only the mentions inside its content (dossier section 3). */
export interface Mentions {
  readonly content: string;
  readonly userids?: readonly string[] | undefined;
  readonly mobiles?: readonly string[] | undefined;
}

/** Person ids a webhook message really pages: members of the room only, unknown ids are silently ignored (dossier section 3). */
export function pingedBy(world: World, room: Room, mentions: Mentions): string[] {
  const lists = [...(mentions.userids ?? []), ...(mentions.mobiles ?? [])];
  if (lists.includes('@all')) return [...room.members];
  const inText = [...mentions.content.matchAll(MENTION)].map((match) => match[1] ?? '');
  const people = [...(mentions.userids ?? []), ...inText].map((userid) => world.personByUserid(userid)?.id);
  const byPhone = (mentions.mobiles ?? []).map((mobile) => world.people.find((person) => mobile !== '' && person.phone === mobile)?.id);
  const found = new Set([...people, ...byPhone]);
  return room.members.filter((member) => found.has(member));
}

/** The content as a member reads it: mentions of members as `@name`, everything else as it came. */
export function withNames(world: World, room: Room, content: string): string {
  return content.replace(MENTION, (whole, userid: string) => {
    const person = world.personByUserid(userid);
    return person && room.members.includes(person.id) ? `@${person.name}` : whole;
  });
}
