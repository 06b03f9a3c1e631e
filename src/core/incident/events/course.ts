/** Events of the main course: from activation to the archive, and the ways out of it (procedure section 3). */

import type { Instant } from '../../instant';
import type { PersonId } from '../../roster/roster';
import type { Announced, Asked, Audience, Done, TextRef } from './common';

export type CourseEvent =
  | (Announced &
      Done & {
        readonly type: 'ResponseActivated';
        readonly rank: number | null;
        readonly trigger?: string;
        readonly asked: readonly Asked[];
      })
  | (Done & { readonly type: 'MonitoringStarted'; readonly reason: TextRef; readonly told: Audience })
  | (Done & { readonly type: 'IncidentTransferred'; readonly organ: string; readonly reason: TextRef; readonly told: Audience })
  | (Done & { readonly type: 'TransferReceived'; readonly who: TextRef; readonly receivedAt: Instant; readonly told: Audience })
  | (Done & {
      readonly type: 'TransferReturned';
      readonly reason: TextRef;
      /** The officer on duty, who takes it up again like a report. */
      readonly asked: readonly Asked[];
      readonly told: Audience;
    })
  | (Done & { readonly type: 'IncidentDismissed'; readonly reason: TextRef; readonly told: Audience })
  /** This incident goes on as `into`. */
  | (Done & { readonly type: 'IncidentMerged'; readonly into: number; readonly reason: TextRef | null; readonly told: Audience })
  /** Another report on the same matter joined this incident; the earliest received time wins. */
  | (Done & {
      readonly type: 'IncidentAbsorbed';
      readonly n: number;
      readonly receivedAt: Instant;
      readonly text: TextRef;
      readonly told: Audience;
    })
  | (Done & { readonly type: 'IncidentSplit'; readonly off: number; readonly reason: TextRef; readonly told: Audience })
  | (Done & {
      readonly type: 'TerminationProposed';
      readonly reason: TextRef;
      readonly grounds: readonly string[];
      readonly mayDecide: readonly PersonId[];
      readonly told: Audience;
    })
  | (Done & { readonly type: 'TerminationRefused'; readonly reason: TextRef; readonly told: Audience })
  | (Announced &
      Done & {
        readonly type: 'ResponseTerminated';
        readonly reason: TextRef;
        /** Keys of obligations still open at the end. */
        readonly open: readonly string[];
      })
  /** 事态反复: back to responding from a later status. */
  | (Announced & Done & { readonly type: 'IncidentReopened'; readonly reason: TextRef; readonly asked: readonly Asked[] })
  | (Done & { readonly type: 'ReviewStarted'; readonly told: Audience })
  | (Done & { readonly type: 'IncidentArchived'; readonly told: Audience });
