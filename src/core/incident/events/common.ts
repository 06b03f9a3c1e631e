/** What events of every family are made of. */
import type { LadderAction, LadderPort } from '../../plans/profileSchema';
import type { PersonId, RoomId } from '../../roster/roster';

/** A person's own words kept in the vault: the event holds only the id and the commitment. */
export interface TextRef {
  readonly id: string;
  readonly commitment: string;
}

/** 出发, 到达, 现场情况: what somebody on the way to the scene or there reports. */
export type SiteStep = 'departed' | 'arrived' | 'scene';

/** `task`, `directive`, `record` and `paper` are answered by 收到 first and closed by their own work later. */
export type AskKind = 'duty_ack' | 'prior_handling' | 'call_out' | 'task' | 'directive' | 'record' | 'paper';

/** One person asked one thing, in one room. */
export interface Asked {
  readonly id: string;
  readonly kind: AskKind;
  readonly person: PersonId;
  readonly room: RoomId | null;
  readonly group: string | null;
  /** Called because this person did not answer or was not reached. */
  readonly standInFor: PersonId | null;
  /** Task, directive, record or paper it is about, where the ask does not bear its id: asked again, or asked of a stand-in. */
  readonly about?: string;
}

/** Who is told of an event: rooms see a notice, people get a private message. */
export interface Audience {
  readonly rooms: readonly RoomId[];
  readonly people: readonly PersonId[];
}

/** `proposed`: this office may only propose the level, a higher organ confirms it (procedure section 2). */
export type LevelStatus = 'proposed' | 'confirmed_by_us' | 'confirmed_by_superior';

export interface Ring {
  readonly key: string;
  readonly kind: string;
  /** How many rings of this deadline have been heard with this one. */
  readonly stage: number;
  /** Share of the term elapsed: the ladder's own number, or 100 and more in overtime. */
  readonly percent: number;
  readonly ask: string | null;
  /** Who owes it now: the person asked, or all who may do what is due. */
  readonly people: readonly PersonId[];
  /** Where it is reminded of. */
  readonly rooms: readonly RoomId[];
  readonly actions: readonly LadderAction[];
  /** Who gave the work and hears of its lateness before anybody above. */
  readonly giver?: PersonId;
}

/** Who acted and where it was said; part of every act of a person. */
export interface Done {
  readonly v: 1;
  readonly by: PersonId;
  readonly conversation: string;
  /** Recorded from an oral approval: the act is this person's, somebody else wrote it down (decisions.md section 1). */
  readonly oral?: string;
}

/** Rooms that are told of an act, and people who get the short private summary. */
export interface Announced {
  readonly told: Audience;
  readonly summaries: readonly PersonId[];
}

/** Deadlines of one stream that rang at one moment, and who hears of it by their rungs. */
export interface Rang {
  readonly type: 'DeadlinesRang';
  readonly v: 1;
  readonly rings: readonly Ring[];
  readonly leaders: readonly PersonId[];
  readonly office: readonly PersonId[];
  readonly commanders: readonly PersonId[];
  readonly dutyRooms: readonly RoomId[];
  /** Late people whose call had not gone out by then: nobody blames them. Absent: none. */
  readonly undelivered?: readonly PersonId[];
  /** Ways beside the chat by which these rings go too; absent: none of those they ask for is there. */
  readonly ports?: readonly LadderPort[];
}
