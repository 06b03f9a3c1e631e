/** What every entry of a plan pack is made of: ids, texts for people, and the clause and mark that say whose rule it is. */
import { z } from 'zod';

/** Stands where the plan is silent, so that nobody reads a rule of ours as the plan's. */
export const UNSPECIFIED = 'unspecified';

/** An identifier, lower-case, as rosters and events hold it. */
export const id = z.string().regex(/^[a-z][a-z0-9_-]*$/);
/** A text for people. */
export const zh = z.string().min(1);
/** Where a number or rule comes from: the plan itself, national rule, other public plan, project judgement. */
export const mark = z.enum(['S', 'N', 'P', 'J']);
/** How grave: 1 is the gravest. */
export const rank = z.int().min(1).max(9);

/** Carried by every entry. With the clause `unspecified` the mark is N, P or J and the source a sentence. */
export const cited = {
  clause: z.string().min(1).describe('出自预案的哪一款，须列在 clauses 里；几款用“、”隔开；预案没有规定的写 unspecified'),
  mark: mark.default('S').describe('S 预案原文，N 国家规定，P 其他公开预案，J 本系统自定'),
  source: zh.optional().describe('不是预案原文的，写明依据'),
};

/** What every entry with a clause has. */
export interface Cited {
  readonly clause: string;
  readonly mark: z.infer<typeof mark>;
  readonly source?: string | undefined;
}

/** What a leaf of the schema points at; `packFaults` follows every one of them. */
export type Refers = 'actor' | 'deadline' | 'column' | 'level' | 'category' | 'matter' | 'measure' | 'chain';

const refersTo = <S extends z.ZodType>(schema: S, refers: Refers, says: string): S => schema.meta({ refers, description: says });

/** A role, group, function or party of the same pack; the office's directory binds it to people. */
export const actor = refersTo(id, 'actor', '本预案 roles、groups、functions、parties 里的编号，或指挥机构的编号');
/** A step of the deadline profile. */
export const deadline = refersTo(id, 'deadline', '时限档案里的环节编号');
/** A column of the deadline profile. */
export const column = refersTo(zh, 'column', '时限档案的列');
/** A level of the same pack. */
export const levelRef = refersTo(rank, 'level', '本预案的级别');
/** A category of the same pack. */
export const categoryRef = refersTo(id, 'category', '本预案的类别编号');
/** A special matter of the same pack. */
export const matterRef = refersTo(id, 'matter', '本预案的专项编号');
/** A measure of the same pack. */
export const measureRef = refersTo(id, 'measure', '本预案 measures 里的编号');
/** A sign-off chain. */
export const chain = refersTo(id, 'chain', '签发链编号');
