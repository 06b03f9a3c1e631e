/** One tenant's binding to the government edition of DingTalk: host, identities, rooms and people, checked before anything connects. */
import { z } from 'zod';
import { address, doubles, PROXY } from '../../wire/addresses';

/**
 * What the platform's own documents leave open (dossier 6.5), and what a province's deployment may lack. The first group is off until an
 * office has tried it on its own deployment and switched it on; the second is on. `probe`: used until the platform refuses it as something it
 * does not have, then left out until the next start.
 */
export const UNKNOWN = ['robot.hears', 'session.reply', 'limits.wording', 'work.recall', 'robot.recall', 'ding.sms'] as const;
export const KNOWN = ['work', 'robot.group', 'robot.single', 'chat', 'ding', 'contacts', 'oauth'] as const;
export type Capability = (typeof UNKNOWN)[number] | (typeof KNOWN)[number];
export const CAPABILITIES: readonly [Capability, ...Capability[]] = [...UNKNOWN, ...KNOWN];

const name = z.string().min(1).max(256);
const id = z.string().min(1).max(64);
const accountId = z.string().regex(/^\d{1,20}$/, 'expected an accountId: digits only');

/** `robotToken` stands in the console beside the robot of this group; without it the robot cannot speak there. */
const Room = z.strictObject({ chatId: name, robotToken: name.optional() });
/** `accountId` is asked for by the employee code where it is not given. */
const Person = z.strictObject({
  employeeCode: z.string().regex(/^GE_[A-Za-z0-9]{1,64}$/, 'expected an employee code: GE_…'),
  accountId: accountId.optional(),
});

/**
 * Schema of a binding; unknown keys are refused. `base` is the province's open platform, with a path prefix where it has one; plain `http`
 * only to this machine. `digest`: `md5` only where the deployment asks for it. `senderAccountId`: in whose name groups are made and DING
 * goes out; without it there are none. `robotBody`: what the
 * robot's text is wrapped in, bare or as a whole message. `robotPerMinute`: the most messages a minute into one conversation, of which
 * none is documented. `callbackKey` is our own secret in the robot's callback address. `signInPage`: the console's
 * sign-in address with `{back}` and `{state}` in it. `callerIp` and `callerMac` are told to the gateway instead of this machine's own.
 */
export const GovdingBinding = z
  .strictObject({
    tenant: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    base: address(['https:', 'http:']),
    ca: z.string().min(1).optional(),
    proxy: PROXY.optional(),
    callMs: z.number().int().min(1_000).max(10_000).optional(),
    appKey: name,
    appSecret: name,
    tenantId: z.string().regex(/^\d{1,20}$/, 'expected digits, between quotation marks'),
    digest: z.enum(['sha256', 'md5']).default('sha256'),
    callerIp: z.union([z.ipv4(), z.ipv6()]).optional(),
    callerMac: z.mac().optional(),
    robotName: name,
    robotBody: z.enum(['content', 'message']).default('content'),
    robotPerMinute: z.number().int().min(4).max(600).default(40),
    callbackKey: z
      .string()
      .regex(/^[A-Za-z0-9_-]{32,128}$/, 'expected 32 to 128 letters, digits, _ or -')
      .optional(),
    senderAccountId: accountId.optional(),
    msgApp: name.optional(),
    signInPage: z
      .string()
      .regex(/^https:\/\/[^\s]*\{back\}[^\s]*$/, 'expected an https address with {back} and {state}')
      .regex(/\{state\}/, 'expected an https address with {back} and {state}')
      .optional(),
    rooms: z.record(id, Room),
    people: z.record(id, Person),
    capabilities: z.partialRecord(z.enum(CAPABILITIES), z.enum(['on', 'off', 'probe'])).optional(),
  })
  .superRefine((binding, faults) => {
    const fault = (path: string, message: string) => faults.addIssue({ code: 'custom', path: [path], message });
    const needs = (capability: Capability, field: 'callbackKey' | 'msgApp') => {
      if (isUsed(binding.capabilities, capability) && binding[field] === undefined) fault(field, `expected, because ${capability} is on`);
    };
    needs('robot.hears', 'callbackKey');
    needs('work.recall', 'msgApp');
    const people = Object.values(binding.people);
    for (const double of doubles(people.map((person) => person.employeeCode))) fault('people', `${double} belongs to two people`);
    for (const double of doubles(people.flatMap((person) => person.accountId ?? []))) fault('people', `${double} belongs to two people`);
    for (const double of doubles(Object.values(binding.rooms).map((room) => room.chatId)))
      fault('rooms', `chat ${double} belongs to two rooms`);
  });
export type GovdingBinding = Readonly<z.infer<typeof GovdingBinding>>;

/** How a feature is wanted by these settings: what nobody has settled is off where the documents leave it open, and on elsewhere. */
export function wantedOf(capabilities: GovdingBinding['capabilities'], capability: Capability): 'on' | 'off' | 'probe' {
  const open: readonly string[] = UNKNOWN;
  return capabilities?.[capability] ?? (open.includes(capability) ? 'off' : 'on');
}

/** Is the feature used, at least on trial? */
export function isUsed(capabilities: GovdingBinding['capabilities'], capability: Capability): boolean {
  return wantedOf(capabilities, capability) !== 'off';
}
