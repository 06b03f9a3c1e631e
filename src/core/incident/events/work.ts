/** Events of the work itself: answers, rings, tasks, directives, calls made, papers sent, deadlines set aside. */
import type { Instant } from '../../instant';
import type { PersonId } from '../../roster/roster';
import type { Asked, Audience, Done, Rang, TextRef } from './common';

/** One task of one owner; its ask bears the same id. */
export interface Given {
  readonly id: string;
  /** Id of the template in the pack; null for one a person made up. */
  readonly template: string | null;
  readonly what: TextRef | null;
  readonly owner: PersonId;
  readonly group: string | null;
  /** When the work is to be done; null: the pack's or nobody's term. */
  readonly dueAt: Instant | null;
}

/** One person whom one way did not reach. */
export interface Unreached {
  readonly person: PersonId;
  readonly by: 'chat' | 'room' | 'sms' | 'voice';
  /** The platform's or carrier's code, or ours. */
  readonly code: string;
}

export type WorkEvent =
  | (Done & { readonly type: 'Acknowledged'; readonly asks: readonly string[]; readonly via: 'text' | 'click' })
  /** 撤回收到: the old due time holds again. */
  | (Done & { readonly type: 'AcknowledgementWithdrawn'; readonly asks: readonly string[] })
  /** 无法到达: the stand-in is called at once with a fresh term. */
  | (Done & {
      readonly type: 'CannotCome';
      readonly asks: readonly string[];
      readonly reason: TextRef | null;
      readonly asked: readonly Asked[];
      readonly told: Audience;
      /** Nobody stands in for these people; then whom to ring instead. */
      readonly unfilled?: readonly PersonId[];
      readonly dial?: readonly PersonId[];
    })
  | (Rang & {
      /** Stand-ins called by these rings. */
      readonly asked: readonly Asked[];
      /** At 80 % of `activate`: the stand-in whom the duty leader may name now. */
      readonly standInOffered?: PersonId;
      /** At 100 % of `activate`: who is asked, in which rooms, to decide in the place of those who are silent, with a fresh term. */
      readonly deciders?: Audience;
      /** Late people for whom a stand-in is due and nobody is recorded. */
      readonly unfilled?: readonly PersonId[];
    })
  /** What was sent to people did not reach them by any way tried: their stand-ins are called at once, and nobody is blamed. */
  | {
      readonly type: 'NotReached';
      readonly v: 1;
      readonly tried: readonly Unreached[];
      /** Open asks of these people. */
      readonly asks: readonly string[];
      readonly asked: readonly Asked[];
      readonly told: Audience;
      readonly unfilled?: readonly PersonId[];
      /** Whom to ring, also in their place. */
      readonly dial: readonly PersonId[];
    }
  | (Done & { readonly type: 'TasksGiven'; readonly tasks: readonly Given[]; readonly asked: readonly Asked[]; readonly told: Audience })
  | (Done & {
      readonly type: 'TaskCompleted';
      readonly task: string;
      readonly text: TextRef;
      readonly evidence: readonly string[];
      readonly told: Audience;
    })
  | (Done & {
      readonly type: 'TaskReturned';
      readonly task: string;
      readonly reason: TextRef;
      readonly asked: readonly Asked[];
      readonly told: Audience;
    })
  | (Done & {
      readonly type: 'DirectiveReceived';
      readonly id: string;
      readonly leader: PersonId;
      readonly words: TextRef;
      readonly receivedAt: Instant;
      readonly dueAt: Instant | null;
      readonly asked: readonly Asked[];
      readonly told: Audience;
    })
  | (Done & { readonly type: 'DirectiveAnswered'; readonly id: string; readonly text: TextRef; readonly told: Audience })
  /** A telephone call made or taken; the bot records it and never replaces it (procedure section 1.8). */
  | (Done & {
      readonly type: 'PhoneLogged';
      readonly id: string;
      /** Party of the pack, or null for anybody else. */
      readonly party: string | null;
      /** Null where only the unit is known yet. */
      readonly spokeWith: TextRef | null;
      readonly calledAt: Instant;
      readonly words: TextRef;
      readonly told: Audience;
      /** Keys of what this call did too late: overdue until the reason is written. */
      readonly late?: readonly string[];
    })
  /** An obligation was done: a paper sent, a report made, a step taken; a late one bears why. */
  | (Done & {
      readonly type: 'ObligationMet';
      readonly key: string;
      /** Which of several recipients it was for, e.g. both lines of a first report; empty where there is one. */
      readonly lines: readonly string[];
      readonly doneAt: Instant;
      readonly text: TextRef | null;
      readonly lateReason: TextRef | null;
      readonly told: Audience;
    })
  /** 不适用: never removed silently, always with a reason and the decider's name. */
  | (Done & { readonly type: 'ObligationWaived'; readonly key: string; readonly reason: TextRef; readonly told: Audience });
