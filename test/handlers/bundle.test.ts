/** The evidence bundle from rows alone: what an erased or masked word leaves behind, and that the check needs nothing else. */
import { describe, expect, test } from '@jest/globals';
import { checkBundle } from '../../src/handlers/bundle/check';
import { bundleFiles } from '../../src/handlers/bundle/make';
import { hashedText } from '../../src/handlers/execute';
import { fileMaker } from '../../src/papers/files';
import type { Dossier } from '../../src/ports/dossiers';
import type { Digest } from '../../src/ports/ids';
import type { StoredEvent } from '../../src/ports/streams';
import { sha256, sha256Of, sm3 } from '../../src/wiring/chance';

const AT = Date.parse('2026-03-05T08:30:00+08:00');
const kept = (id: string, body: string) => ({ id, salt: `salt-${id}`, body, commitment: sha256.of(`salt-${id}${body}`) });

function chainOf(count: number, digestAt: (version: number) => Digest = () => sha256): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  for (let version = 1; version <= count; version++) {
    const stored = {
      version,
      at: AT + version,
      actor: 'duty1',
      cause: { kind: 'inbox', id: '1' },
      body: `{"n":${version}}`,
      prevHash: events.at(-1)?.hash ?? '',
    };
    events.push({ ...stored, type: 'T', v: 1, hash: digestAt(version).of(hashedText({ stream: 's', ...stored })) });
  }
  return events;
}

const TEXTS: Dossier['texts'] = [
  kept('plain', '现场平稳'),
  kept('phone', '请打19900000042'),
  { ...kept('gone', '原话'), salt: null, body: null },
];
const events = chainOf(3);
const DOSSIER = {
  view: { deliveries: [], asks: [] },
  chain: { id: 's', kind: 'incident', n: 7, version: 3, headHash: events.at(-1)?.hash ?? '', events },
  texts: TEXTS,
  messages: [],
  papers: [],
  deadlines: [],
  rulebook: null,
  people: new Map(),
} as unknown as Dossier;

async function made(unmasked: boolean, dossier = DOSSIER): Promise<ReadonlyMap<string, Uint8Array>> {
  const state = { asks: {} } as Parameters<typeof bundleFiles>[0]['state'];
  const files = await bundleFiles({
    dossier,
    state,
    at: AT,
    unmasked,
    papers: [],
    files: fileMaker,
    hashOf: sha256Of,
    digest: sha256.name,
  });
  return new Map(files.map(({ path, bytes }) => [path, bytes]));
}
const check = (files: ReadonlyMap<string, Uint8Array>) => checkBundle(files, sha256, sha256Of);
const texts = (files: ReadonlyMap<string, Uint8Array>) =>
  Buffer.from(files.get('chain/texts.jsonl') ?? [])
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a bundle', () => {
  test('verifies with words whole, masked and erased, and says how many of each', async () =>
    expect(check(await made(false))).toMatchObject({ broken: null, events: 3, texts: { whole: 1, masked: 1, erased: 1 } }));
  test('gives no salt with masked words: the digits left out could be tried with it', async () => {
    const [plain, phone, gone] = texts(await made(false));
    expect(plain).toMatchObject({ body: '现场平稳', salt: 'salt-plain' });
    expect(phone).toMatchObject({ body: '请打199****0042', salt: null, commitment: TEXTS[1]?.commitment });
    expect(gone).toMatchObject({ body: null, salt: null, commitment: TEXTS[2]?.commitment });
  });
  test('unmasked, holds every word that is still kept against its commitment', async () =>
    expect(check(await made(true))).toMatchObject({ broken: null, texts: { whole: 2, masked: 0, erased: 1 } }));
  test('of a record that was changed before is made as it is, and says so when it is checked', async () => {
    const changed = events.map((event) => (event.version === 2 ? { ...event, body: '{"n":9}' } : event));
    const dossier = { ...DOSSIER, chain: { ...DOSSIER.chain, events: changed } };
    expect(check(await made(false, dossier)).broken).toEqual({ file: 'chain/events.jsonl', zh: '第 2 条记录被改动过' });
  });
  test('of a chain that went on under the national algorithm holds as well', async () => {
    const mixed = chainOf(3, (version) => (version > 1 ? sm3 : sha256));
    const dossier = { ...DOSSIER, chain: { ...DOSSIER.chain, events: mixed, headHash: mixed.at(-1)?.hash ?? '' } };
    expect(check(await made(false, dossier)).broken).toBeNull();
  });
  test('with a paper that nobody is on record to have sent names it', async () => {
    const facts = '{}';
    const paper = {
      id: 'p',
      kind: 'first_report',
      serial: 1,
      version: 1,
      facts,
      fileHash: null,
      frozenHash: sha256.of(facts),
      keptHash: null,
    };
    const found = check(await made(false, { ...DOSSIER, papers: [paper] }));
    expect(found.broken).toEqual({ file: 'chain/papers.jsonl', zh: '首报第1号没有报送记录，却有报送的内容' });
  });
});
