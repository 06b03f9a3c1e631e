/** `integrators.yaml` of a bureau: which systems may report, read and command; secrets by reference only. */
import { z } from 'zod';
import { SCOPES } from '../core/rights/act';

const id = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/);

/** Where a secret stands: an environment variable, a file, or a file of the data folder that is made at random the first time. */
export const secretReference = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Z][A-Z0-9_]*$/) }),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ kept: id }),
]);
export type SecretReference = z.infer<typeof secretReference>;

const integrator = z
  .strictObject({
    id,
    name: z.string().min(1).max(32),
    scopes: z.array(z.enum(SCOPES)).min(1),
    sources: z.array(z.string().min(1).max(32)).default([]),
    key: secretReference.optional(),
    token: secretReference.optional(),
    person: id.optional(),
  })
  .superRefine(({ scopes, sources, key, token, person }, ctx) => {
    const fault = (path: string, message: string): void => ctx.addIssue({ code: 'custom', path: [path], message });
    const reports = scopes.includes('report');
    const bears = scopes.includes('read') || scopes.includes('command');
    if (reports !== (key !== undefined)) fault('key', reports ? 'scopes 有 report 时须写 key' : 'scopes 没有 report，不应写 key');
    if (reports !== sources.length > 0)
      fault('sources', reports ? 'scopes 有 report 时须写 sources' : 'scopes 没有 report，不应写 sources');
    if (bears !== (token !== undefined)) fault('token', bears ? 'scopes 有 read、command 时须写 token' : '只有 report，不应写 token');
    if (scopes.includes('command') !== (person !== undefined))
      fault('person', scopes.includes('command') ? 'scopes 有 command 时须写 person' : 'scopes 没有 command，不应写 person');
  });

export const integratorsSchema = z.strictObject({ integrators: z.array(integrator) });
export type IntegratorEntry = z.infer<typeof integrator>;
