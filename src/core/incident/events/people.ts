/** Events about who does the work: a task passed on or looked over, people added to the response or let go. */
import type { PersonId } from '../../roster/roster';
import type { Asked, Audience, Done, TextRef } from './common';

export type PeopleEvent =
  /** 转派: the work and its term stay, somebody else owes it from now on. */
  | (Done & {
      readonly type: 'TaskReassigned';
      readonly task: string;
      readonly from: PersonId;
      readonly owner: PersonId;
      readonly group: string | null;
      readonly reason: TextRef;
      /** Asks about it that nobody has to answer any more. */
      readonly stoodDown: readonly string[];
      readonly asked: readonly Asked[];
      readonly told: Audience;
    })
  /** 验收: whoever gave the task found it done. */
  | (Done & { readonly type: 'TaskChecked'; readonly task: string; readonly text: TextRef | null; readonly told: Audience })
  /** 成员 加: takes part in this incident beside those whom the plan calls. Nobody is asked before the response runs. */
  | (Done & {
      readonly type: 'MemberAdded';
      readonly person: PersonId;
      readonly group: string | null;
      readonly asked: readonly Asked[];
      readonly told: Audience;
    })
  /** 成员 减: not called any more in this incident. */
  | (Done & {
      readonly type: 'MemberRemoved';
      readonly person: PersonId;
      readonly reason: TextRef;
      readonly stoodDown: readonly string[];
      readonly told: Audience;
    });
