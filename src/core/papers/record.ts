/** What a paper is drafted from: the record of the incident or the shift, and what holds beside it. All of it plain data. */
import type { DutyEvent } from '../duty/events';
import type { DutyState } from '../duty/state';
import type { IncidentEvent, Recorded } from '../incident/events';
import type { IncidentState } from '../incident/state';
import type { Instant } from '../instant';
import type { Rulebook } from '../plans/rulebook';
import type { PersonId, Roster } from '../roster/roster';
import type { PaperDraft } from './draft';
import type { PaperWording } from './wording';

/** An incident with its whole stream, oldest event first. */
export interface IncidentRecord {
  readonly is: 'incident';
  readonly state: IncidentState;
  readonly events: readonly Recorded<IncidentEvent>[];
}

/** A shift with its whole stream, and what people did in incidents during it. */
export interface DutyRecord {
  readonly is: 'duty';
  readonly state: DutyState;
  readonly events: readonly Recorded<DutyEvent>[];
  readonly acts: readonly DutyAct[];
  /** Incidents still open, with the next thing owed in each, as the sheet of the hand-over lists them. */
  readonly incidents: readonly IncidentRecord[];
}

/** One event of an incident, as the duty log tells it. */
export interface DutyAct {
  /** Number of the incident. */
  readonly n: number;
  readonly recorded: Recorded<IncidentEvent>;
}

/** What a draft is made from. */
export type PaperRecord = IncidentRecord | DutyRecord;

/** A paper of this incident that exists already. */
export interface EarlierPaper {
  readonly id: string;
  /** The newest version of it, with what people changed by hand. */
  readonly draft: PaperDraft;
  /** When it went out; null while it has not. */
  readonly sentAt: Instant | null;
  /** Number the office gave it by hand. */
  readonly number: string | null;
}

/** Words a person wrote for one element. */
export interface HandText {
  readonly text: string;
  readonly by: PersonId;
}

/** Everything beside the record. */
export interface PaperContext {
  readonly now: Instant;
  readonly mode: 'real' | 'drill' | 'test';
  readonly rules: Rulebook;
  readonly roster: Roster;
  readonly wording: PaperWording;
  /** People's words by vault id; erased ones are missing. */
  readonly texts: ReadonlyMap<string, string>;
  /** Papers of this incident, oldest first. */
  readonly earlier: readonly EarlierPaper[];
  /** Call, task, directive, record or paper it is about; null: the incident as a whole. */
  readonly about: string | null;
  readonly drafter: PersonId | null;
  /** What people wrote, by key of the element: it stands in the place of what the record gives. */
  readonly hand: Readonly<Record<string, HandText>>;
  readonly office: Office;
}

/** The office as its papers name it. */
export interface Office {
  /** 发文机关, whole. */
  readonly organ: string;
  /** The duty room's own telephone, shown unmasked; null: none is set. */
  readonly phone: string | null;
}
