/** What an office says of a carrier, checked: where it is, what it can, and how it knows us. */
import { z } from 'zod';

/** `key` is sent as a bearer token, `signingKey` signs every call; one of them at least. Both secret. */
export const CarrierSettings = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, '应为小写字母、数字和短横'),
    url: z.url({ protocol: /^https?$/, message: '应为 http(s) 地址' }),
    sms: z.boolean().default(false),
    voice: z.boolean().default(false),
    key: z.string().min(8, '至少 8 个字符').optional(),
    signingKey: z.string().min(16, '至少 16 个字符').optional(),
    /** Put before every short message, as the carrier has registered it. */
    signature: z.string().max(20).default(''),
  })
  .refine(({ sms, voice }) => sms || voice, { message: 'sms 和 voice 至少开一项' })
  .refine(({ key, signingKey }) => key !== undefined || signingKey !== undefined, { message: 'key 和 signingKey 至少写一项' });
export type CarrierSettings = z.output<typeof CarrierSettings>;
