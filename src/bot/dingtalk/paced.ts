/** Calls that send, each kind within its rate and all within the month's budget (dossier 4.3). */

import type { Pace } from '../../ports/clock';
import { road } from '../wire/ends';
import type { Reading } from './answer';
import type { Budget } from './budget';
import type { Api, Ask } from './call';
import { isCallsFault, isRateFault } from './codes';
import { createRate, type Rate } from './rate';

/** Which host, which call, and whether it may use what is kept for people in need. */
export interface PacedAsk extends Ask {
  readonly host: 'now' | 'old';
  readonly path: string;
  readonly urgent: boolean;
  /** The body, where it is known only when the call’s turn has come. */
  readonly late?: () => Readonly<Record<string, unknown>>;
  /** How much of a call is filled by now, from 0 to 1; a whole one where it is not told. */
  readonly share?: () => number;
}

/** One call; where its turn is far off a road error says when to come back, where the month does not allow it it is refused. Never throws. */
export type Paced = (ask: PacedAsk, stop: AbortSignal) => Promise<Reading>;

/** Over the calls of one tenant's app. */
export function createPaced(api: Api, budget: Budget, pace: Pace): Paced {
  const rates = new Map<string, Rate>();
  const rateOf = (path: string): Rate => {
    const rate = rates.get(path) ?? createRate(pace);
    rates.set(path, rate);
    return rate;
  };
  return async ({ host, path, urgent, late, share, ...ask }, stop) => {
    if (!budget.may(urgent)) return { is: 'end', result: { is: 'refused', code: 'month_budget', fault: 'capability' } };
    const rate = rateOf(`${ask.method ?? ''} ${path}`);
    const wait = await rate.enter(urgent, stop, share);
    if (wait !== null) return { is: 'end', result: road('api_rate', wait) };
    const reading = await api[host](path, late === undefined ? ask : { ...ask, body: late() }, stop);
    if (reading.is === 'fault' && isRateFault(reading.fault.code)) rate.halve();
    if (reading.is === 'fault' && isCallsFault(reading.fault.code)) budget.empty();
    return reading;
  };
}
