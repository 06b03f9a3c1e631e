/** How each event changes an entry of the registers: pure and total. */
import type { Recorded } from '../incident/events';
import type { Instant } from '../instant';
import { upcaster } from '../upcast';
import type { RegisterEvent, RegisterEventOf } from './events';
import type { RegisterState, Review } from './state';

type When = Pick<Recorded<unknown>, 'version' | 'at'>;

/** Reviews that are kept; the whole history is in the events. */
const KEPT = 4;

/** Folds one recorded event. `ItemEntered` makes the state; every other needs one. */
export function evolve(state: RegisterState | null, { event, version, at }: Recorded<RegisterEvent>): RegisterState {
  const when = { version, at };
  if (event.type === 'ItemEntered') return entered(event, when);
  if (state === null) throw new Error(`event ${event.type} before ItemEntered`);
  return FOLDS[event.type](state, event as never, when);
}

type Folded = Exclude<RegisterEvent, { type: 'ItemEntered' }>;

const FOLDS: { readonly [T in Folded['type']]: (state: RegisterState, event: RegisterEventOf<T>, when: When) => RegisterState } = {
  ItemChecked: (state, { by, inOrder, short, amount, text, nextAt }, when) => ({
    ...state,
    amount: state.amount === null || amount === null ? state.amount : { ...state.amount, value: amount },
    checked: { at: when.at, by, inOrder, short, text },
    reviews: next(state.reviews, (review) => ({ ...review, doneAt: when.at }), when, nextAt),
  }),
  ItemChanged: (state, { title, owner, amount, nextAt }, when) => ({
    ...state,
    title: title ?? state.title,
    owner: owner ?? state.owner,
    amount: amount ?? state.amount,
    reviews: nextAt === null ? state.reviews : next(state.reviews, (review) => ({ ...review, moved: true }), when, nextAt),
  }),
  ItemClosed: (state, { by, reason }, { at }) => ({ ...state, status: 'closed', closed: { at, by, reason } }),
  DeadlinesRang: (state, { rings }) => ({
    ...state,
    rings: { ...state.rings, ...Object.fromEntries(rings.map((ring) => [ring.key, ring.stage])) },
  }),
};

/** Lifts a stored event to the shape that is folded; null when a newer program wrote it. */
export const upcast = upcaster<RegisterEvent>((type) => type === 'ItemEntered' || Object.hasOwn(FOLDS, type), {});

function entered(event: RegisterEventOf<'ItemEntered'>, when: When): RegisterState {
  const { n, kind, about, title, owner, county, amount, incident, nextAt } = event;
  const reviews = [owing(when, nextAt)];
  return { n, status: 'open', kind, about, title, owner, county, amount, incident, checked: null, reviews, rings: {}, closed: null };
}

/** The review owed so far ends, another begins. */
function next(reviews: readonly Review[], end: (review: Review) => Review, when: When, dueAt: Instant): readonly Review[] {
  const ended = reviews.map((review, i) => (i === reviews.length - 1 ? end(review) : review));
  return [...ended, owing(when, dueAt)].slice(-KEPT);
}

function owing({ version, at }: When, dueAt: Instant): Review {
  return { version, since: at, dueAt, doneAt: null, moved: false };
}
