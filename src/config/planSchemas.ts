/** The shapes of plan packs, deadline profiles and paper wording as JSON Schema, kept beside the data for editors. */
import { z } from 'zod';
import { paperWordingSchema } from '../core/papers/wording';
import { packSchema } from '../core/plans/packSchema';
import { profileSchema } from '../core/plans/profileSchema';

/** By name, with the file below the config folder that holds the same text. */
export const SCHEMAS = {
  pack: { schema: packSchema, file: 'plan-pack.schema.json' },
  profile: { schema: profileSchema, file: 'deadline-profile.schema.json' },
  papers: { schema: paperWordingSchema, file: 'paper-wording.schema.json' },
} as const;

/** What people write, so that entries with a default may be left out. */
export function schemaText(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', reused: 'ref' }), null, 2)}\n`;
}
