/** What callers of the sandbox API may send: every body and query has a schema, unknown fields are refused. */
import { z } from 'zod';
import { isLoopbackUrl } from '../loopback';

const cursor = z.coerce.number().int().min(0).default(0);
const moment = z.iso.datetime({ offset: true }).transform((iso) => Date.parse(iso));
const localUrl = z.url({ protocol: /^https?$/ }).refine(isLoopbackUrl, '只能是本机地址');
const choice = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));
const words = z
  .string()
  .max(20_000)
  .refine((text) => text.trim() !== '', '不能是空的');
const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const speaker = {
  room: z.string(),
  from: z.string(),
  to: z.enum(['robot', 'app']).default('robot'),
  quote: z.string().optional(),
  mentionBot: z.boolean().default(true),
  copies: z.number().int().min(1).max(100).default(1),
};
const eventName = z.string().regex(/^[A-Za-z_]{1,64}$/);
const fields = z.record(z.string(), z.unknown());

/** Bodies and queries by call (interfaces.md section 6). */
export const inputs = {
  say: z.strictObject({ ...speaker, text: words }),
  send: z.discriminatedUnion('kind', [
    z.strictObject({
      ...speaker,
      kind: z.enum(['image', 'voice', 'video', 'file']),
      name: z.string().min(1).max(255),
      data: bytes,
      transcript: z.string().max(2000).default(''),
    }),
    z.strictObject({
      ...speaker,
      kind: z.literal('mixed'),
      text: words,
      pictures: z
        .array(z.strictObject({ name: z.string().min(1).max(255), data: bytes }))
        .min(1)
        .max(9),
    }),
    z.strictObject({
      ...speaker,
      kind: z.literal('location'),
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      scale: z.number().int().min(1).max(20).default(15),
      label: z.string().min(1),
    }),
    z.strictObject({
      ...speaker,
      kind: z.literal('link'),
      title: z.string().min(1),
      description: z.string().default(''),
      url: z.url(),
      picture: z.string().default(''),
    }),
  ]),
  click: z.strictObject({
    message: z.string(),
    button: z.string(),
    from: z.string(),
    values: z.record(z.string(), choice).default({}),
  }),
  enter: z.strictObject({ room: z.string(), from: z.string(), to: z.enum(['robot', 'app']).default('robot') }),
  event: z.union([
    z.strictObject({ to: z.literal('app'), from: z.string(), event: eventName, fields: fields.default({}) }),
    z.strictObject({
      to: z.literal('robot'),
      room: z.string(),
      from: z.string(),
      event: eventName,
      fields: fields.optional(),
    }),
    z.strictObject({ to: z.literal('robot'), room: z.string(), from: z.string(), raw: fields }),
  ]),
  messages: z.strictObject({ room: z.string().optional(), after: cursor, wait: z.coerce.number().int().min(0).max(30_000).default(0) }),
  clock: z.union([z.strictObject({ advanceMinutes: z.number().positive().max(5_256_000) }), z.strictObject({ now: moment })]),
  faults: z.union([
    z.strictObject({ clear: z.literal(true) }),
    z.strictObject({
      api: z.string().min(1),
      errcode: z.number().int().optional(),
      code: z.string().min(1).max(200).optional(),
      status: z.number().int().min(400).max(599).optional(),
      delayMs: z.number().int().min(1).max(60_000).optional(),
      drop: z.boolean().optional(),
      afterAccept: z.boolean().optional(),
      times: z.number().int().min(1).max(10_000).default(1),
    }),
  ]),
  line: z.strictObject({
    halfOpen: z.boolean().optional(),
    drop: z.boolean().optional(),
    dropEveryMs: z.number().int().min(0).max(3_600_000).optional(),
    unsubscribe: z.boolean().optional(),
    deafInGroups: z.boolean().optional(),
    dirtyFrames: z.number().int().min(0).max(1000).optional(),
  }),
  switches: z.strictObject({
    groupPush: z.boolean().optional(),
    encryptedUserids: z.boolean().optional(),
    socketExtras: z.boolean().optional(),
    rootVisible: z.boolean().optional(),
    trustedIp: z.boolean().optional(),
    uniqueTasks: z.boolean().optional(),
    repeatOn: z.enum(['any', 'network']).optional(),
    twiceEvery: z.number().int().min(0).max(1000).optional(),
    trustedDomains: z.array(z.string()).optional(),
  }),
  standing: z.strictObject({
    person: z.string(),
    status: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(5)]).optional(),
    licensed: z.boolean().optional(),
    visible: z.boolean().optional(),
  }),
  phone: z.strictObject({ person: z.string(), manner: z.enum(['answers', 'rings', 'off', 'gone']) }),
  drops: z.strictObject({ after: cursor }),
  dissolve: z.strictObject({ room: z.string() }),
  calls: z.strictObject({ api: z.string().optional(), after: cursor, all: z.stringbool().default(false) }),
  callbackUrl: z.strictObject({ url: localUrl, controlUrl: localUrl.optional(), controlToken: z.string().min(1).optional() }),
  robotCallbackUrl: z.strictObject({ url: localUrl.nullable() }),
  clockTick: z.strictObject({ now: moment }),
} as const;
