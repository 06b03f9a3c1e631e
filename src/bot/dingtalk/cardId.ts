/** Ids of our cards: chosen by us, so they can say where a card stands; a press in a private chat bears a conversation like any group's (dossier 3.7). */
import { createHash } from 'node:crypto';

/** Where a card stands: in a group, or in one person's talk with the robot. */
export type CardPlace = 'group' | 'single';

const MARKS: Readonly<Record<CardPlace, string>> = { group: 'fh', single: 'fhs' };

/** The same for the same dispatch and place, different for each card of it, counted from 1. */
export function cardId(key: string, card: number, place: CardPlace): string {
  const safe = /^[A-Za-z0-9_-]{1,48}$/.test(key) ? key : createHash('sha256').update(key).digest('hex').slice(0, 48);
  return `${MARKS[place]}-${safe}-${card}`;
}

/** Whether the card was given to one person alone. False for cards of groups and those of nobody's making here. */
export function isPrivateCard(outTrackId: string): boolean {
  return outTrackId.startsWith(`${MARKS.single}-`);
}
