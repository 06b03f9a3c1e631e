/** One verb: the words people type, its line of help, and how what follows becomes a command of the core. */
import type { IncidentCommand } from '../../core/incident/commands';
import type { TextRef } from '../../core/incident/events';
import type { Refusal } from '../../core/incident/refusal';
import type { IncidentState } from '../../core/incident/state';
import type { Rulebook } from '../../core/plans/rulebook';
import type { VaultText } from '../../ports/store';
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

export interface VerbRow {
  readonly verb: string;
  /** The first is the one shown. */
  readonly words: readonly string[];
  readonly help: string;
  /** What may follow the word directly, without a space; null for nothing. */
  readonly glued: RegExp | null;
  /** Null for verbs that act on no single known incident. */
  readonly build: Build | null;
}

const ANYTHING = /./u;

/** A verb about one known incident; the usage is what follows `#编号` in its line of help. */
export function row(verb: string, words: readonly string[], usage: string, what: string, build: Build): VerbRow {
  return { verb, words, help: `#编号 ${usage}　${what}`, glued: null, build };
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
