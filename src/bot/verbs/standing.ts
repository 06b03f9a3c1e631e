/** Verbs that act on no incident: on the shift that stands, or on one entry of the registers. */
import type { DutyCommand } from '../../core/duty/commands';
import type { Obligation } from '../../core/duty/events';
import type { DutyState } from '../../core/duty/state';
import type { Refusal } from '../../core/incident/refusal';
import type { Rulebook } from '../../core/plans/rulebook';
import type { Turn } from '../turn';
import { type About, type Built, USUALLY, type VerbRow } from './row';

/** What was typed about the shift that stands. */
export interface DutySaid {
  readonly turn: Turn;
  readonly rules: Rulebook;
  readonly state: DutyState;
  /** What follows the verb. */
  readonly rest: string;
  /** The question this person was asked has been answered with its code. */
  readonly confirmed: boolean;
  /** What incidents under way owe now; looked up where it is needed. */
  obligations(): Promise<readonly Obligation[]>;
}

export type DutyBuilt = Built<DutyCommand>;
type Read = DutyBuilt | Refusal;
export type DutyBuild = (said: DutySaid) => Read | Promise<Read>;

/** A verb on the shift; nobody types a number for it, there is only one. */
export interface DutyRow extends VerbRow {
  readonly build: null;
  readonly onShift: DutyBuild;
  readonly dutySamples: DutySamples;
}

/** What somebody might type about the shift, by which help finds out whether the core would let him. */
export type DutySamples = (said: Omit<DutySaid, 'rest' | 'confirmed'>) => readonly string[];

/** The usage is the whole of what is typed. */
export function dutyRow(
  verb: string,
  words: readonly string[],
  usage: string,
  what: string,
  onShift: DutyBuild,
  about: Partial<About> & { readonly dutySamples?: DutySamples } = {},
): DutyRow {
  const { dutySamples = () => [''], ...told } = about;
  return { ...USUALLY, ...told, verb, words, usage, what, help: `${usage}　${what}`, glued: null, build: null, onShift, dutySamples };
}
