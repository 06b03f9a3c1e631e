/** Schemas for fields that the platform writes in more than one way. */
import { z } from 'zod';
import { parseJson } from '../../wire/ends';

/** An id or a name; of another shape it counts as absent. */
export const name = z.string().min(1).max(1024).optional().catch(undefined);

/** Milliseconds, as a number or as digits; absent when neither. */
export const moment = z
  .union([z.number().int().positive(), z.string().regex(/^\d{1,15}$/)])
  .transform(Number)
  .optional()
  .catch(undefined);

/** An object that may stand as JSON inside a string. */
export function perhapsText<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (typeof value === 'string' ? (parseJson(value) ?? value) : value), schema);
}
