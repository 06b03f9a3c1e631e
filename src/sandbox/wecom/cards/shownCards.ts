/** The state of every shown card, per person: who sees which version, and which button can be pressed now. */
import type { MessageBoard } from '../../board';
import type { MessageDraft } from '../../messages';
import type { TemplateCard } from './card';
import { type Face, faceOf } from './face';

/** Who sent a card and under which send: the app needs the send for its response codes. */
export interface CardOrigin {
  readonly via: 'app' | 'robot' | 'webhook';
  readonly sendId: string | null;
}

interface Shown extends CardOrigin {
  common: { readonly card: TemplateCard; readonly replaces: boolean };
  readonly own: Map<string, TemplateCard>;
}

/** All cards by message id. Wiped together with the message board. */
export class ShownCards {
  private readonly cards = new Map<string, Shown>();
  private readonly tasks = new Set<string>();

  constructor(private readonly board: MessageBoard) {}

  /** Shows a new card and answers its message id. `raw` is the body as received. */
  show(card: TemplateCard, room: string, origin: CardOrigin, raw: unknown): string {
    const face = faceOf(card);
    const message = this.board.post({ room, from: null, fromBot: true, via: origin.via, pinged: [], raw, ...draftOf(face, {}) });
    this.cards.set(message.id, { ...origin, common: { card, replaces: false }, own: new Map() });
    return message.id;
  }

  origin(messageId: string): CardOrigin | undefined {
    return this.cards.get(messageId);
  }

  /** The card as `person` sees it now. */
  seenBy(messageId: string, person: string): TemplateCard | undefined {
    const shown = this.cards.get(messageId);
    return shown?.own.get(person) ?? shown?.common.card;
  }

  /** Replaces the card for the people given, or for all who see it when `people` is null. */
  replace(messageId: string, change: (card: TemplateCard) => TemplateCard, people: readonly string[] | null): void {
    const shown = this.cards.get(messageId);
    if (!shown) return;
    if (people === null) {
      shown.common = { card: change(shown.common.card), replaces: true };
      shown.own.clear();
    } else for (const person of people) shown.own.set(person, change(shown.own.get(person) ?? shown.common.card));
    const own = Object.fromEntries([...shown.own].map(([person, card]) => [person, faceOf(card, true)]));
    this.board.change(messageId, draftOf(faceOf(shown.common.card, shown.common.replaces), own));
  }

  /** Remembers a task id as used by one sender. */
  useTask(sender: string, taskId: string | undefined): void {
    if (taskId !== undefined) this.tasks.add(`${sender}/${taskId}`);
  }

  usedTask(sender: string, taskId: string | undefined): boolean {
    return taskId !== undefined && this.tasks.has(`${sender}/${taskId}`);
  }

  wipe(): void {
    this.tasks.clear();
    this.cards.clear();
  }
}

function draftOf(face: Face, own: Readonly<Record<string, Face>>): Pick<MessageDraft, 'kind' | 'text' | 'card' | 'buttons'> {
  const { buttons, text, ...common } = face;
  const differing = Object.entries(own);
  const states = Object.fromEntries(differing.map(([person, { text: twin }]) => [person, twin]));
  const faces = Object.fromEntries(differing.map(([person, { text: _twin, ...drawn }]) => [person, drawn]));
  return { kind: 'card', text, buttons, card: differing.length > 0 ? { ...common, states, faces } : common };
}
