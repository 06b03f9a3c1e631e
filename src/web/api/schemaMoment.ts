/** The shape of every moment the API tells. */
import { z } from 'zod';

/** ISO 8601 with +08:00. */
export const moment = z.string().meta({ format: 'date-time', examples: ['2026-03-11T09:00:00+08:00'] });
