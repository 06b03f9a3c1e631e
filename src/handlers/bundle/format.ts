/** An evidence bundle as a set of files: their places, the manifest that covers them, the lines of the chain. */
import { z } from 'zod';

/** Where each part lies in the bundle. */
export const PLACES = {
  manifest: 'manifest.json',
  guide: 'README.txt',
  events: 'chain/events.jsonl',
  texts: 'chain/texts.jsonl',
  papers: 'chain/papers.jsonl',
  pack: 'rules/pack.yaml',
  profile: 'rules/profile.yaml',
  messages: 'messages.jsonl',
} as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** What lies in the bundle and what it must be; the manifest's own SHA-256 is told to whoever takes the bundle. */
export const manifestSchema = z.strictObject({
  fenghuo: z.literal('bundle'),
  format: z.literal(1),
  incident: z.int().min(1),
  madeAt: z.iso.datetime({ offset: true }),
  /** Were telephone and identity numbers in people's words masked? */
  masked: z.boolean(),
  chain: z.strictObject({ stream: z.string(), version: count, head: z.string(), digest: z.string() }),
  files: z.array(z.strictObject({ path: z.string(), bytes: count, sha256: hash })),
});
/** The manifest as it is read. */
export type Manifest = z.infer<typeof manifestSchema>;

/** One event of the chain, with its body byte for byte as it was hashed. */
export const eventLineSchema = z.strictObject({
  version: z.int().min(1),
  type: z.string(),
  v: z.int().min(1),
  /** Epoch milliseconds. */
  at: z.int(),
  actor: z.string().nullable(),
  cause: z.strictObject({ kind: z.string(), id: z.string() }),
  body: z.string(),
  prevHash: z.string(),
  hash: z.string(),
});

/** Words an event refers to. Masked words bear no salt: with it the digits left out could be tried. */
export const textLineSchema = z.strictObject({
  id: z.string(),
  commitment: z.string(),
  salt: z.string().nullable(),
  body: z.string().nullable(),
  state: z.enum(['whole', 'masked', 'erased']),
});

/** A version of a paper; one that went out has its whole text, byte for byte as it was hashed, and the digest of its file. */
export const paperLineSchema = z.strictObject({
  id: z.string(),
  kind: z.string(),
  serial: z.int().min(1),
  version: z.int().min(1),
  facts: z.string().nullable(),
  fileHash: z.string().nullable(),
  frozenHash: z.string().nullable(),
  keptHash: z.string().nullable(),
});
