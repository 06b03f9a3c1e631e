/** What is owed of papers: the step of whoever has one, and the receipt of every copy that went out. */
import { PAPER_RECEIPT, PAPER_STEP, papersInOrder, receiptKey, stepKey } from '../incident/papers/find';
import type { Paper, PaperTurn, Sending } from '../incident/papers/paper';
import type { Deadline } from './deadline';
import { type Course, type Due, dueOf } from './due';
import { waived } from './records';
import { type Ending, type Owed, owedOf, rowOf } from './status';
import type { Step } from './terms';

/** Rows of all papers, of those steps the profile times; what was begun before the end of the response ends with it. */
export function paperRows(course: Course, ending: Ending | null): readonly Deadline[] {
  const papers = papersInOrder(course.state);
  const step = course.terms.byId.get(PAPER_STEP);
  const receipt = course.terms.byId.get(PAPER_RECEIPT);
  const owed = papers.flatMap((paper) => [
    ...(step === undefined ? [] : paper.turns.flatMap((turn) => owedStep(course, step, paper, turn) ?? [])),
    ...(receipt === undefined ? [] : paper.sendings.flatMap((sending) => owedReceipt(course, receipt, sending) ?? [])),
  ]);
  return owed.map((one) => rowOf(course.state, ending, one));
}

function owedStep(course: Course, step: Step, { id }: Paper, { seq, owner, from, doneAt }: PaperTurn): Owed | null {
  return owed(course, step, { key: stepKey(id, seq), owner, doneAt }, dueOf(course, step, from, doneAt));
}

/** Counted from when it was recorded: nobody asks for a receipt before he knows. */
function owedReceipt(course: Course, step: Step, { id, by, recordedAt, receipt }: Sending): Owed | null {
  const doneAt = receipt === null ? null : Math.max(receipt.receivedAt, recordedAt);
  return owed(course, step, { key: receiptKey(id), owner: by, doneAt }, dueOf(course, step, recordedAt, doneAt));
}

type Who = Pick<Owed, 'key' | 'owner' | 'doneAt'>;

function owed({ state }: Course, step: Step, { key, owner, doneAt }: Who, due: Due | null): Owed | null {
  if (due === null) return null;
  const who = { key, kind: step.id, owner, rungs: step.rungs, lasting: false };
  return owedOf(who, due, { doneAt, voidWhy: doneAt === null ? waived(state, key) : null });
}
