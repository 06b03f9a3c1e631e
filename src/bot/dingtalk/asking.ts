/** How often the platform is asked whether a message was read: every question is a call of the month's budget (dossier 9). */
import type { Clock } from '../../ports/clock';
import type { Receipt } from '../../ports/platform';
import type { Budget } from './budget';

/** Looks once at what the platform knows of a message; null when it does not answer now. */
export type Look = () => Promise<Receipt | null>;

/** When a message is asked about, in milliseconds after the first question. */
const ASK_AT_MS = [0, 50_000, 5 * 60_000, 13 * 60_000] as const;
/** From half of the month's calls on nobody asks any more. */
const SHARE_FOR_ASKING = 0.5;
const MOST_REMEMBERED = 5_000;

interface Asked {
  readonly first: number;
  times: number;
}

/** From half of the month's calls on, whoever wants to ask is put off for so long. */
const PUT_OFF_MS = 5 * 60_000;

/** Passes on only so many of the questions; unread to the last, a message counts as delivered. What is known is forgotten with the process. */
export function createAsking(clock: Clock, budget: Budget): (ref: string, look: Look) => Promise<Receipt | null> {
  const asked = new Map<string, Asked>();
  return async (ref, look) => {
    const { used, allowed } = budget.now();
    if (allowed > 0 && used >= allowed * SHARE_FOR_ASKING) return { is: 'pending', againMs: PUT_OFF_MS };
    const now = clock.now();
    const had = asked.get(ref) ?? { first: now, times: 0 };
    const due = ASK_AT_MS[had.times];
    if (due === undefined) return null;
    if (now - had.first < due) return { is: 'pending', againMs: had.first + due - now };
    had.times += 1;
    asked.set(ref, had);
    const oldest = asked.size > MOST_REMEMBERED ? asked.keys().next().value : undefined;
    if (oldest !== undefined) asked.delete(oldest);
    const receipt = await look();
    if (receipt?.is !== 'pending') return receipt;
    const next = ASK_AT_MS[had.times];
    return next === undefined ? { is: 'delivered', how: 'delivered' } : { is: 'pending', againMs: had.first + next - now };
  };
}
