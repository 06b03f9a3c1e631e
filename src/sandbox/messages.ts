/** What people see of a message, in the form a page can draw (interfaces.md section 6). */

/** A button that can be pressed now. */
export interface Button {
  readonly key: string;
  readonly text: string;
}

/** A question on a card: options to choose from, what stands chosen at first, and whether it can be changed. Answers go in `values` of a click. */
export interface CardInput {
  readonly question: string;
  readonly title: string;
  readonly choice: 'one' | 'many' | 'list';
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly chosen: readonly string[];
  readonly disabled: boolean;
}

/** A card as one person sees it. `replaced` is the label or title that took the place of the first version; `picture` is a link. */
export interface CardFace {
  readonly title: string;
  readonly lines: readonly string[];
  readonly inputs?: readonly CardInput[];
  readonly picture?: string;
  readonly replaced?: string;
}

/** A card with its common face; `states` and `faces` hold what differs for single people (a text twin, and the face with its buttons). */
export interface CardShown extends CardFace {
  readonly states?: Readonly<Record<string, string>>;
  readonly faces?: Readonly<Record<string, CardFace & { readonly buttons: readonly Button[] }>>;
}

/** What kind of file somebody can open. */
export type FileKind = 'image' | 'voice' | 'video' | 'file';

/** A file in a message; `url` is relative to the sandbox page, `bytes` its size. */
export interface FileShown {
  readonly id: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly bytes: number;
  readonly url: string;
}

/** One entry of a news message, or a link that a person sent; `picture` is a link. */
export interface Article {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly picture: string;
}

/** A place that a person sent; degrees, and the map's scale. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly scale: number;
  readonly label: string;
}

/** How a message looks. */
export type MessageKind = 'text' | 'markdown' | 'card' | FileKind | 'news' | 'mixed' | 'location' | 'link';

/**
 * One shown message. `text` always says everything in words. `pinged` are the person ids that were really paged, `missed` the members
 * who got nothing although the platform said ok; `via` names the sending identity of a bot message, `recalled` that it was taken back.
 */
export interface Message {
  readonly id: string;
  readonly room: string;
  readonly at: string;
  readonly from: string | null;
  readonly fromBot: boolean;
  readonly via?: 'webhook' | 'robot' | 'app' | 'appchat' | 'ding' | 'sms' | 'voice';
  readonly kind: MessageKind;
  readonly text: string;
  readonly card?: CardShown;
  readonly buttons?: readonly Button[];
  readonly file?: FileShown;
  readonly files?: readonly FileShown[];
  readonly articles?: readonly Article[];
  readonly place?: Place;
  readonly quote?: { readonly id: string; readonly text: string };
  readonly pinged: readonly string[];
  readonly missed?: readonly string[];
  readonly recalled?: boolean;
  readonly raw: unknown;
}

/** A message before the board gives it its id and its virtual minute. */
export type MessageDraft = Omit<Message, 'id' | 'at'>;

/** The part of a message that says what it looks like, whoever sent it and wherever to. */
export type Look = Pick<Message, 'kind' | 'text' | 'card' | 'buttons' | 'file' | 'articles'>;
