/** The shape of a deadline profile: minutes by step and column, each with the mark of its rule. */
import { z } from 'zod';

const basis = z.enum(['law', 'nat', 'std', 'local', 'seed', 'proj']);

const step = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  zh: z.string().min(1),
  basis,
  source: z.string().min(1),
  /** Minutes by column. */
  minutes: z.record(z.string(), z.int().min(1)),
});

/** What a ring does about an obligation nobody has met (decisions.md section 3). An action without a configured port is skipped and said so. */
export const LADDER_ACTIONS = [
  'room_again',
  'private_again',
  'strong_reminder',
  'sms',
  'voice',
  'tell_duty_leader',
  'call_stand_in',
  'tell_office',
  'dial_list',
  'tell_commander',
] as const;
export type LadderAction = (typeof LADDER_ACTIONS)[number];

const rung = z.strictObject({
  /** Share of the term elapsed, in percent. */
  at: z.int().min(1).max(100),
  do: z.array(z.enum(LADDER_ACTIONS)).min(1),
});

export const profileSchema = z.strictObject({
  profile: z.string().min(1),
  version: z.string().min(1),
  title: z.string().min(1),
  columns: z.array(z.string().min(1)).min(1),
  /** Rings within the term, ascending, the last one at 100. */
  ladder: z.array(rung).min(1),
  /** Rings after the term, one each further term. */
  overtime: z.array(z.strictObject({ do: z.array(z.enum(LADDER_ACTIONS)).min(1) })),
  steps: z.array(step).min(1),
});

export type DeadlineProfile = z.infer<typeof profileSchema>;
export type ProfileStep = DeadlineProfile['steps'][number];

/** Steps that lack a column and a ladder that does not climb, with the path of the entry. */
export function profileFaults(profile: DeadlineProfile): readonly { path: (string | number)[]; fault: string }[] {
  const climbs = profile.ladder.every((r, i) => r.at > (profile.ladder[i - 1]?.at ?? 0)) && profile.ladder.at(-1)?.at === 100;
  const gaps = profile.steps.flatMap((s, i) =>
    profile.columns
      .filter((c) => s.minutes[c] === undefined)
      .map((c) => ({ path: ['steps', i, 'minutes'], fault: `缺少“${c}”列的分钟数` })),
  );
  return climbs ? gaps : [{ path: ['ladder'], fault: '提醒阶梯必须逐级上升，最后一级为 100' }, ...gaps];
}
