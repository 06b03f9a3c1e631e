/** Reviews of an entry as deadlines: reminded of ahead, escalated when overdue, silent once it is closed. */
import type { Deadline } from '../deadlines/deadline';
import { rowOf } from '../deadlines/status';
import type { Rulebook } from '../plans/rulebook';
import type { RegisterState } from './state';
import { kindOf, remindedFrom, rungsOf } from './times';

/** The review owed now and the last ones before it. */
export function deadlines(rules: Rulebook, state: RegisterState): readonly Deadline[] {
  const kind = kindOf(rules, state.kind);
  if (kind === null) return [];
  const ending = state.closed === null ? null : { at: state.closed.at, why: '已销号', closed: true };
  return state.reviews.map(({ version, since, dueAt, doneAt, moved }) =>
    rowOf(state, ending, {
      ...{ key: `${REVIEW}:${version}`, kind: REVIEW, owner: state.owner, basis: kind.basis, why: '', rungs: rungsOf(rules, kind) },
      ...{ baseAt: Math.min(Math.max(since, remindedFrom(kind, dueAt)), dueAt), dueAt, doneAt, lasting: false },
      voidWhy: moved ? '已改期' : null,
    }),
  );
}

/** Kind of the only deadline an entry has. */
export const REVIEW = 'review';
