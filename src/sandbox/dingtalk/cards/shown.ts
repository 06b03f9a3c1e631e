/** Cards in conversations: one set of variables for all, some for single people, drawn afresh at every change (dossier 3.7). */
import type { MessageBoard } from '../../board';
import type { MessageDraft } from '../../messages';
import { buttonsOf, type CardButton, type Face, faceOf, type Params } from './face';
import type { CardTemplate } from './templates';

/** Where presses go: over stream mode, to a registered address, or nowhere. */
export type Route = { readonly kind: 'stream' } | { readonly kind: 'http'; readonly routeKey: string } | { readonly kind: 'none' };

/** One place where a card stands; `hiddenFrom` are members who do not get to see it. */
export interface Place {
  readonly messageId: string;
  readonly room: string;
  readonly carrierId: string;
  readonly spaceId: string;
  readonly hiddenFrom: readonly string[];
}

/** One card, wherever it stands. Person ids are the sandbox's. */
export interface Card {
  readonly outTrackId: string;
  readonly template: CardTemplate;
  readonly route: Route;
  params: Params;
  readonly own: Map<string, Params>;
  readonly places: Place[];
}

/** How a card appears in one room: whom it pages, the request as received, and what its carrier id is made of. */
export interface Showing {
  readonly pinged: readonly string[];
  readonly raw: unknown;
  readonly carrierOf: (messageId: string) => string;
}

/** A change; `byKey` false replaces the whole set of variables. */
export interface CardChange {
  readonly params?: Params | undefined;
  readonly byKey: boolean;
  readonly own: ReadonlyMap<string, Params>;
  readonly ownByKey: boolean;
}

/** All cards, by their track id and by message. */
export class ShownCards {
  private readonly cards = new Map<string, Card>();

  constructor(private readonly board: MessageBoard) {}

  find(outTrackId: string): Card | undefined {
    return this.cards.get(outTrackId);
  }

  /** The card of a message with the place where that message stands. */
  at(messageId: string): { readonly card: Card; readonly place: Place } | undefined {
    for (const card of this.cards.values()) {
      const place = card.places.find((candidate) => candidate.messageId === messageId);
      if (place) return { card, place };
    }
    return undefined;
  }

  put(card: Card): void {
    this.cards.set(card.outTrackId, card);
  }

  /** Shows the card in one more room; `carrierOf` makes the carrier id from the message id. */
  show(card: Card, where: Omit<Place, 'messageId' | 'carrierId'>, showing: Showing): Place {
    const { pinged, raw, carrierOf } = showing;
    const draft = { room: where.room, from: null, fromBot: true, via: 'robot' as const, pinged, raw };
    const { id: messageId } = this.board.post({ ...draft, ...drawn(card, where.hiddenFrom) });
    const place = { ...where, messageId, carrierId: carrierOf(messageId) };
    card.places.push(place);
    return place;
  }

  /** Changes variables and draws the card again everywhere. */
  change(card: Card, { params, byKey, own, ownByKey }: CardChange): void {
    if (params) card.params = byKey ? { ...card.params, ...params } : params;
    for (const [person, mine] of own) card.own.set(person, ownByKey ? { ...card.own.get(person), ...mine } : mine);
    for (const place of card.places) this.board.change(place.messageId, drawn(card, place.hiddenFrom));
  }

  /** The button as that person sees it now. */
  button(card: Card, person: string, key: string): CardButton | undefined {
    return buttonsOf(card.template, { ...card.params, ...card.own.get(person) }).find((button) => button.key === key);
  }

  wipe(): void {
    this.cards.clear();
  }
}

const HIDDEN: Face = { title: '（这张卡片只给部分人看）', lines: [], buttons: [], text: '' };

function drawn(card: Card, hiddenFrom: readonly string[]): Pick<MessageDraft, 'kind' | 'text' | 'card' | 'buttons'> {
  const { buttons, text, ...common } = faceOf(card.template, card.params);
  const own = [...card.own].map(([person, params]) => [person, faceOf(card.template, { ...card.params, ...params })] as const);
  const faces = new Map([...own, ...hiddenFrom.map((person) => [person, HIDDEN] as const)]);
  if (faces.size === 0) return { kind: 'card', text, buttons, card: common };
  const states = Object.fromEntries(own.map(([person, face]) => [person, face.text]));
  const single = Object.fromEntries([...faces].map(([person, { text: _twin, ...face }]) => [person, face]));
  return { kind: 'card', text, buttons, card: { ...common, states, faces: single } };
}
