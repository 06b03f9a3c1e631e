/** What callers of the sandbox API may send to an organisation on DingTalk beside the calls that all platforms have. */
import { z } from 'zod';
import { isLoopbackUrl } from '../../loopback';

const localUrl = z.url({ protocol: /^https?$/ }).refine(isLoopbackUrl, '只能是本机地址');
const count = z.number().int().min(0).max(10_000_000).optional();
const flag = z.boolean().optional();

/** Bodies by call. */
export const dingInputs = {
  switches: z.strictObject({
    redelivery: flag,
    published: flag,
    qps: z.number().int().min(1).max(100_000).optional(),
    monthlyCalls: count,
    monthlyHooks: z.number().int().min(0).nullable().optional(),
    monthlySms: count,
    monthlyCalled: count,
    missingScopes: z.array(z.string()).optional(),
    trustedIp: flag,
    queryReadyMs: count,
    readAfterMs: z.number().int().min(0).nullable().optional(),
    hookSign: flag,
    hookKeywords: z.array(z.string().min(1)).max(10).optional(),
    hookTrustsIp: flag,
    floodEverywhere: flag,
    callbackSign: z.enum(['right', 'wrong', 'stale']).optional(),
    eventPadding: z.union([z.literal(16), z.literal(32)]).optional(),
  }),
  standing: z.strictObject({ person: z.string(), outsider: flag, flowControlled: flag, left: flag }),
  line: z.strictObject({
    expire: flag,
    zombie: flag,
    drop: flag,
    halfOpen: flag,
    expireEveryMs: z.number().int().min(0).max(3_600_000).optional(),
    dropEveryMs: z.number().int().min(0).max(3_600_000).optional(),
    dirtyFrames: z.number().int().min(0).max(1000).optional(),
  }),
  event: z.strictObject({ event: z.string().regex(/^[A-Za-z_]{1,64}$/), fields: z.record(z.string(), z.unknown()).default({}) }),
  read: z.strictObject({ message: z.string(), person: z.string() }),
  robotInRoom: z.strictObject({ room: z.string(), stands: z.boolean() }),
  authCode: z.strictObject({ person: z.string() }),
  callbackUrl: z.strictObject({ url: localUrl.nullable() }),
  cardTemplate: z.strictObject({
    id: z.string().min(1),
    title: z.string().default('title'),
    text: z.string().default('text'),
    status: z.string().default('status'),
    buttons: z.string().default('buttons'),
    inputs: z.string().default('inputs'),
  }),
} as const;
