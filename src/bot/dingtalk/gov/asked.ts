/** An answer of the platform's as the end of a question. */
import type { z } from 'zod';
import type { Asked } from '../../../ports/platform';
import type { Log } from '../../wire/log';
import type { Reading } from './answer';
import { meaningOf, resultOf } from './codes';

/** Unknown people are `nobody`; what cannot be read is unknown, everything else as a sending would end. */
export function asked<S, T>(reading: Reading, log: Log, schema: z.ZodType<S>, take: (value: S) => T): Asked<T> {
  if (reading.is === 'end') return reading.result;
  if (reading.is === 'denied') {
    if (meaningOf(reading) === 'nobody') return { is: 'nobody' };
    return resultOf(reading, { channel: 'govding.ask', log, waitsWhenOften: false });
  }
  const value = schema.safeParse(reading.data);
  return value.success ? { is: 'found', value: take(value.data) } : { is: 'unknown', what: 'answer_unreadable' };
}
