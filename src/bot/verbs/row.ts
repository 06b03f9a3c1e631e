/** One verb: the words people type, its line of help, who types it where, and how what follows becomes a command of the core. */
import type { IncidentCommand } from '../../core/incident/commands';
import type { TextRef } from '../../core/incident/events';
import type { Refusal } from '../../core/incident/refusal';
import type { IncidentState } from '../../core/incident/state';
import type { Rulebook } from '../../core/plans/rulebook';
import { ROOM_KINDS, type RoomKind } from '../../core/roster/roster';
import type { VaultText } from '../../ports/streams';
import { keepWords, type Turn } from '../turn';

/** What was typed about one known incident, with everything its reading may need. */
export interface Said {
  readonly turn: Turn;
  readonly rules: Rulebook;
  readonly state: IncidentState;
  /** What follows the verb. */
  readonly rest: string;
  /** The call a pressed button belongs to. */
  readonly call: number | null;
  readonly via: 'text' | 'click';
  /** The question this person was asked has been answered with its code. */
  readonly confirmed: boolean;
}

export interface Built<C = IncidentCommand> {
  readonly is: 'built';
  readonly command: C;
  readonly texts: readonly VaultText[];
}

export type Build = (said: Said) => Built | Refusal;

/** What help tells of a verb beside its usage. */
export interface About {
  /** Under which heading help shows it. */
  readonly section: string;
  /** Who does it, in a few words for people; who really may, the core decides. */
  readonly who: string;
  /** Kinds of rooms in which help offers it; typed elsewhere it is still decided on its merits. */
  readonly where: readonly RoomKind[];
  /** Is it asked back with a code before it counts? */
  readonly confirms: boolean;
  /** Arguments as somebody might type them now, by which help finds out whether the core would let this person do it. */
  readonly samples: (said: Said) => readonly string[];
}

export interface VerbRow extends About {
  readonly verb: string;
  /** The first is the one shown. */
  readonly words: readonly string[];
  /** What is typed, with 〔〕 around what is to be filled in. */
  readonly usage: string;
  /** What it does, in one clause. */
  readonly what: string;
  /** Usage and effect in one line. */
  readonly help: string;
  /** What may follow the word directly, without a space; null for nothing. */
  readonly glued: RegExp | null;
  /** Null for verbs that act on no single known incident. */
  readonly build: Build | null;
}

const ANYTHING = /./u;

/** For verbs that say nothing else of themselves. */
export const USUALLY: About = {
  section: '处置',
  who: '有权办理的人员',
  where: ROOM_KINDS,
  confirms: false,
  samples: () => ['情况'],
};

/** A verb about one known incident; the usage is what follows `#编号` in its line of help. */
export function row(
  verb: string,
  words: readonly string[],
  usage: string,
  what: string,
  build: Build,
  about: Partial<About> = {},
): VerbRow {
  const typed = `#编号 ${usage}`;
  return { ...USUALLY, ...about, verb, words, usage: typed, what, help: `${typed}　${what}`, glued: null, build };
}

/** Rows under one heading of help, done by the same people in the same rooms unless a row says otherwise. */
export function under<R extends VerbRow>(about: Partial<About>, rows: readonly R[]): readonly R[] {
  return rows.map((one) => {
    const own = Object.fromEntries(Object.entries(about).filter(([key]) => isUsual(one, key as keyof About)));
    return { ...one, ...own };
  });
}

function isUsual(one: VerbRow, key: keyof About): boolean {
  return one[key] === USUALLY[key];
}

/** The same, where an argument may follow the word without a space: 调级Ⅱ, 并案#3, 任务@某人. */
export function glued<R extends VerbRow>(made: R, follows: RegExp = ANYTHING): R {
  return { ...made, glued: follows };
}

export function built<C>(command: C, texts: readonly VaultText[] = []): Built<C> {
  return { is: 'built', command, texts };
}

/** A command with one text of its person; without words the text is null, and the core says what is missing. */
export function worded<C>(said: { readonly turn: Turn }, kind: string, words: string, command: (text: TextRef | null) => C): Built<C> {
  return words === '' ? built(command(null)) : withWords(said, kind, words, command);
}

/** A command with one text of its person, who has said something. */
export function withWords<C>({ turn }: { readonly turn: Turn }, kind: string, words: string, command: (text: TextRef) => C): Built<C> {
  const kept = keepWords(turn, kind, words);
  return built(command(kept.ref), [kept.text]);
}

/** A command whose whole argument is its reason. */
export function reasoned(command: (reason: TextRef | null, said: Said) => IncidentCommand): Build {
  return (said) => worded(said, 'reason', said.rest, (reason) => command(reason, said));
}
