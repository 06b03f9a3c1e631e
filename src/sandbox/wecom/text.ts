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

/** The mention fields of a text message; markdown has only the mentions inside its content (dossier section 3). */
export interface Mentions {
  readonly content: string;
  readonly userids?: readonly string[] | undefined;
  readonly mobiles?: readonly string[] | undefined;
}

/** Person ids a text or markdown message really pages: members of the room only, unknown ids are silently ignored (dossier section 3). */
export function pingedBy(world: World, room: Room, mentions: Mentions): string[] {
  const lists = [...(mentions.userids ?? []), ...(mentions.mobiles ?? [])];
  if (lists.includes('@all')) return [...room.members];
  const inText = [...mentions.content.matchAll(MENTION)].map((match) => match[1] ?? '');
  const people = [...(mentions.userids ?? []), ...inText].map((userid) => world.personByUserid(userid)?.id);
  const byPhone = (mentions.mobiles ?? []).map((mobile) => world.people.find((person) => mobile !== '' && person.phone === mobile)?.id);
  const found = new Set([...people, ...byPhone]);
  return room.members.filter((member) => found.has(member));
}

/** A message that may page: its words as a member reads them, the listed people written behind them, and who was paged. */
export function withMentions(world: World, room: Room, mentions: Mentions): { readonly text: string; readonly pinged: string[] } {
  const shown = withNames(world, room, mentions.content);
  return { text: [shown, ...namesBehind(world, room, mentions, shown)].join(' '), pinged: pingedBy(world, room, mentions) };
}

/** The content as a member reads it: mentions of members as `@name`, everything else as it came. */
function withNames(world: World, room: Room, content: string): string {
  return content.replace(MENTION, (whole, userid: string) => {
    const person = world.personByUserid(userid);
    return person && room.members.includes(person.id) ? `@${person.name}` : whole;
  });
}

/** The client writes the listed people behind the text, as far as the text does not name them already. */
function namesBehind(world: World, room: Room, mentions: Mentions, shown: string): string[] {
  if ([...(mentions.userids ?? []), ...(mentions.mobiles ?? [])].includes('@all')) return ['@所有人'];
  return pingedBy(world, room, { ...mentions, content: '' })
    .map((id) => `@${world.person(id)?.name ?? id}`)
    .filter((name) => !shown.includes(name));
}
