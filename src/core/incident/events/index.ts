/** What can have happened to an incident. Every event names the people asked and told, so nothing has to be guessed later. */
import type { Instant } from '../../instant';
import type { CourseEvent } from './course';
import type { IntakeEvent } from './intake';
import type { LevelEvent } from './levels';
import type { PaperEvent } from './papers';
import type { PeopleEvent } from './people';
import type { PrivacyEvent } from './privacy';
import type { RecordEvent } from './records';
import type { WorkEvent } from './work';

export type * from './common';
export type { Given } from './work';

export type IncidentEvent = IntakeEvent | LevelEvent | CourseEvent | WorkEvent | PeopleEvent | RecordEvent | PaperEvent | PrivacyEvent;
export type EventOf<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>;

/** An event as it stands in its stream. */
export interface Recorded<E> {
  readonly version: number;
  readonly at: Instant;
  readonly event: E;
}
