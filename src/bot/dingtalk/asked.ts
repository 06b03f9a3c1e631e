/** How a question to the platform ended: an answer of the expected shape, nobody, or the end that its code means. */
import type { z } from 'zod';
import type { Asked } from '../../ports/platform';
import type { Reading } from './answer';
import { resultOfFault } from './codes';
import type { DingParts } from './parts';
import type { Capability } from './settings';

/** User, number or code that the platform does not know (dossier 4.2, 5). */
const UNKNOWN: ReadonlySet<string> = new Set(['60121', '60103', '33012', '40078']);

/** What is asked about, for log and features. */
export interface Question {
  readonly channel: string;
  readonly capability: Capability;
}

/** A reading as the end of a question; a refusal as missing is remembered for the capability. */
export function asked<S, T>(
  { deps, features }: DingParts,
  { channel, capability }: Question,
  reading: Reading,
  schema: z.ZodType<S>,
  take: (value: S) => T,
): Asked<T> {
  if (reading.is === 'end') return reading.result.is === 'accepted' ? UNREADABLE : reading.result;
  if (reading.is === 'fault') {
    if (UNKNOWN.has(reading.fault.code)) return { is: 'nobody' };
    features.lacks(capability, reading.fault.code);
    return resultOfFault(reading.fault, { channel, log: deps.log });
  }
  const value = schema.safeParse(reading.body);
  return value.success ? { is: 'found', value: take(value.data) } : UNREADABLE;
}

const UNREADABLE = { is: 'unknown', what: 'answer_unreadable' } as const;
