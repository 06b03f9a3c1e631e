/** Requests of every address of the API with odd parameters, bodies and keys: an answer in the agreed shape, one line in the log for each refusal, and nothing changed by it. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { damageText, pick, type Roll } from './chance';
import { ODD_WORDS } from './corpus';
import { API_TOKEN, type Guarded, openGuarded, security } from './guarded';
import type { Target } from './target';

/** Rows are compared after so many refusals without a success between, and at the end. */
const LOOK_EVERY = 10;
const VALUES = [
  '',
  '0',
  '-1',
  '1',
  '1e3',
  'NaN',
  '99999999999999999999',
  'null',
  '%00',
  '%',
  '%e4%b8',
  '..%2f..%2fetc',
  '__proto__',
  'constructor',
  '2026-02-30',
  '2026-11-22T09:00:00+08:00',
  'a'.repeat(3_000),
  '%F0%9F%98%80',
  "'%3B--",
];
const BODY = JSON.stringify({
  command: { type: 'ReportProgress' },
  text: '进展 已到场',
  n: 1,
  as: 'duty1',
  from: '2026-01-01',
  rows: [{ date: '2026-11-22' }],
});
const PIECES = ['{', '}', '[', ']', '"', '\\', '\\u0000', '\u0000', '\ufeff', 'null', '1e999', '-1', ',', ':', '"__proto__":', '值', '😀'];

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly queries: readonly string[];
}

/** So many systems call in turn, since each is heard so and so often a minute only. */
const SYSTEMS = 60;

export const api: Target = {
  name: 'api',
  cases: 40_000,
  open: async () => {
    const { folder, tokens } = bureauOfMany();
    const bureau = await openGuarded({ BUREAU: folder });
    const operations = await operationsOf(bureau);
    let before = await bureau.rows();
    let sinceLook: string[] = [];
    const look = async (): Promise<void> => {
      const [was, now, asked] = [before, await bureau.rows(), sinceLook];
      before = now;
      sinceLook = [];
      if (now !== was && asked.length > 0) throw new Error(`one of these has changed something:\n${asked.join('\n')}\n${was}\n${now}`);
    };
    return {
      expected: ['200', '400', '401', '404'],
      one: async (roll) => {
        const operation = pick(operations, roll);
        const asked = requestOf(operation, tokens, roll);
        const from = bureau.lines.length;
        const { status, body } = await bureau.send(asked);
        const told = security(bureau.lines.slice(from));
        const words = `${asked.subarray(0, 300).toString('latin1')} -> ${status} ${body.slice(0, 200)} ${JSON.stringify(told)}`;
        if (status === 0 || status === 500) throw new Error(words);
        if (status >= 400) {
          if (!isError(body)) throw new Error(`no error of the agreed shape: ${words}`);
          if (told.length !== 1 && status < 500) throw new Error(`${told.length} lines in the log: ${words}`);
          sinceLook.push(words);
        } else {
          // A success may change what it likes.
          sinceLook = [];
          before = await bureau.rows();
        }
        if (sinceLook.length >= LOOK_EVERY) await look();
        return String(status);
      },
      close: async () => {
        await look().finally(() => bureau.close());
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

/** The sample bureau with many systems that may read and command. */
function bureauOfMany(): { readonly folder: string; readonly tokens: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-fuzz-'));
  cpSync(resolve('config/sample-bureau'), folder, { recursive: true });
  const names = Array.from({ length: SYSTEMS }, (_, i) => `m${i}`);
  const tokenOf = (name: string): string => `${name}-${API_TOKEN}`;
  for (const name of names) writeFileSync(join(folder, `${name}.token`), tokenOf(name));
  const integrators = names.map((id) => ({
    ...{ id, name: id, scopes: ['read', 'command'], person: 'duty2' },
    token: { file: join(folder, `${id}.token`) },
  }));
  // JSON is YAML.
  writeFileSync(join(folder, 'integrators.yaml'), JSON.stringify({ integrators }));
  return { folder, tokens: names.map(tokenOf) };
}

function isError(body: string): boolean {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown } };
    return typeof error?.code === 'string' && typeof error.message === 'string' && error.message !== '';
  } catch {
    return false;
  }
}

/** As the program's own document tells them; a stream of events would not end. */
async function operationsOf({ app }: Guarded): Promise<readonly Operation[]> {
  const { paths } = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { parameters?: readonly { in: string; name: string }[] }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => path.startsWith('/api/') && path !== '/api/v1/stream')
      .map(([method, { parameters = [] }]) => ({
        ...{ method, path },
        queries: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      })),
  );
}

function requestOf({ method, path, queries }: Operation, tokens: readonly string[], roll: Roll): Buffer {
  const at = path.replaceAll(/\{\w+\}/g, () => pick(VALUES, roll).slice(0, 200) || 'x');
  const names = [...queries, '__proto__', 'limit', 'x'];
  const query = Array.from({ length: roll(4) }, () => `${pick(names, roll)}=${pick(VALUES, roll)}`).join('&');
  const body = method === 'get' ? Buffer.alloc(0) : bodyOf(roll);
  const token = roll(20) === 0 ? pick(['wrong', '', `${API_TOKEN}x`, 'a b'], roll) : pick(tokens, roll);
  const head = [
    `${method.toUpperCase()} ${at}${query === '' ? '' : `?${query}`} HTTP/1.1`,
    'Host: duty',
    'Connection: close',
    ...(roll(40) === 0 ? [] : [`Authorization: ${roll(40) === 0 ? 'Basic' : 'Bearer'} ${token}`]),
    ...(roll(3) === 0 ? [`Idempotency-Key: ${pick(['k', 'k'.repeat(300), '__proto__', ' '], roll)}`] : []),
    `Content-Type: ${pick(['application/json', 'application/json', 'text/xml', 'application/json; charset=utf-7'], roll)}`,
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

function bodyOf(roll: Roll): Buffer {
  if (roll(6) === 0) return Buffer.from(JSON.stringify({ text: pick(ODD_WORDS, roll).text.slice(0, 20_000) }));
  let text = BODY;
  for (let faults = roll(4); faults > 0; faults -= 1) text = damageText(text, PIECES, roll);
  return roll(10) === 0 ? Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe])]) : Buffer.from(text);
}
