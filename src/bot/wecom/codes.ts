/** How the adapter reacts to the platform's error codes: the table of dossier section 7 and 2.13 as data. */
import type { SendResult } from '../../ports/platform';

type Fault = Extract<SendResult, { is: 'refused' }>['fault'];

/**
 * `again`: a road error, repeat after `waitMs`. `token`: fetch a new token and repeat once. `reconnect`: the long connection
 * must subscribe anew. `refused`: this message will never go this way; `late`: a ticket was too old, push instead.
 */
export type Reaction =
  | { readonly is: 'done' }
  | { readonly is: 'again' | 'reconnect'; readonly waitMs: number }
  | { readonly is: 'token' }
  | { readonly is: 'late' }
  | { readonly is: 'refused'; readonly fault: Fault; readonly why: string };

interface Row {
  readonly reaction: Reaction;
  readonly codes: readonly number[];
}

const refused = (fault: Fault, why: string): Reaction => ({ is: 'refused', fault, why });

/** Refusals of a card as such; the same in words may pass. */
const CARD_CODES = [
  42014, 42015, 42016, 42017, 42018, 42019, 42020, 42027, 42028, 42029, 42030, 42031, 42033, 42035, 42036, 42037, 42038, 42039, 42040,
  42041, 42042, 42043, 42044, 42045, 42046, 42047, 42049, 42050, 42051,
];
/** Come for cards as well, but not only (dossier 7). */
const ALSO_CARD_CODES = [43012, 40008, 40058];

const TABLE: readonly Row[] = [
  { reaction: { is: 'done' }, codes: [0] },
  { reaction: { is: 'again', waitMs: 2_000 }, codes: [-1, 6000, 45033, 846601, 846602] },
  { reaction: { is: 'again', waitMs: 60_000 }, codes: [45009] },
  { reaction: { is: 'token' }, codes: [40001, 40014, 42001] },
  { reaction: { is: 'reconnect', waitMs: 2_000 }, codes: [846609] },
  { reaction: { is: 'late' }, codes: [42052, 60140, 40029, 42003, 42022, 846605, 846608] },
  { reaction: refused('capability', 'not possible on this channel'), codes: [600039, 93006, 43012, 40008] },
  {
    reaction: refused('capability', 'card refused: own mistake'),
    codes: CARD_CODES,
  },
  { reaction: refused('content', 'media must be uploaded again'), codes: [40007] },
  { reaction: refused('content', 'too long: own mistake'), codes: [45001, 45002, 45008, 40058] },
  {
    reaction: refused('permission', 'credentials: the operator must act'),
    codes: [40013, 40091, 40056, 301002, 853000, 93019, 93000, 93004, 93008],
  },
  {
    reaction: refused('permission', 'right missing: the operator must act'),
    codes: [48001, 48002, 48005, 48006, 48009, 60011, 60020, 301042, 50001, 50002, 50003, 301007],
  },
  {
    reaction: refused('receiver', 'person or group cannot be reached'),
    codes: [
      81013, 81012, 60003, 60123, 82001, 82002, 82003, 40003, 40031, 40032, 60111, 46004, 301021, 82101, 82102, 40050, 49008, 86001, 86002,
      86003, 86004, 86005, 86006, 86007, 86008, 86101, 86201, 86202, 86203, 86204, 86205, 86206, 86207, 86215, 86216, 86217,
    ],
  },
  {
    reaction: refused('content', 'content refused: the wording must change'),
    codes: [40201, 40204, 85002, 44001, 44004, 82004, 40004, 40005, 40006, 40009, 40011, 45007, 301016, 301017, 301019, 40206],
  },
  {
    reaction: refused('content', 'parameters: own mistake'),
    codes: [40033, 40035, 40063, 40066, 40068, 41001, 41002, 41003, 41004, 41005, 41006, 41007, 41008, 41009],
  },
];

const REACTIONS: ReadonlyMap<number, Reaction> = new Map(TABLE.flatMap((row) => row.codes.map((code) => [code, row.reaction] as const)));

const CARD_REFUSALS: ReadonlySet<string> = new Set([...CARD_CODES, ...ALSO_CARD_CODES].map(String));

/** Does this code refuse a card as such, so that the same in words may pass? */
export function isCardRefusal(code: string): boolean {
  return CARD_REFUSALS.has(code);
}

/** The reaction to an `errcode`; an unknown one counts as refused for its content and never as worth a repeat. */
export function reactionTo(code: number): Reaction {
  return REACTIONS.get(code) ?? refused('content', 'unknown code');
}
