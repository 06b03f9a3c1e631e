/** The document and the running server say the same: every registered route is in it and no other, and every answer is as it says. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createWeb, type WebPorts } from '../../../src/web/app';
import { API_TOKEN, type Bureau, openBureau } from '../../support/bureau';
import { faultsIn, type Schema } from '../../support/jsonSchema';
import { type Signer, signed } from '../../support/signing';

interface Operation {
  readonly operationId: string;
  readonly security: readonly Record<string, unknown>[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example?: string; readonly required: boolean }[];
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema: Schema & { readonly properties: Record<string, Schema> } }>;
  };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Schema }> }>;
}
type Document = Schema & { readonly paths: Record<string, Record<string, Operation>> };

/** Called like LibreOffice: a file of the document's name with another ending. */
const PDF_PROGRAM = '#!/bin/sh\nfor last; do :; done\nprintf %%PDF-1.7 > "$(dirname "$last")/paper.pdf"\n';

let bureau: Bureau;
let folder: string;
let document: Document;
let hotline: Signer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-contract-'));
  writeFileSync(join(folder, 'office'), PDF_PROGRAM, { mode: 0o755 });
  bureau = await openBureau({ PDF_COMMAND: join(folder, 'office') });
  document = (await (await fetch(`${bureau.app.url}/api/v1/openapi.json`)).json()) as Document;
  hotline = { system: 'hotline', key: readFileSync(join(bureau.dataDir, 'keys/hotline'), 'utf8').trim() };
});
afterAll(async () => {
  await bureau.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything the document names, as `get /path`. */
const operations = (): readonly (readonly [string, string, Operation])[] =>
  Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, op]) => [method, path, op] as const));

test('文件里的接口与装上的接口一一对应', () => {
  const never = () => {
    throw new Error('not called');
  };
  const web = createWeb({
    more: [],
    machines: [],
    pages: {},
    plans: [],
    platforms: [],
    views: {},
    clock: {},
    wake: {},
    refusals: {},
    pace: {},
    log: {},
    takeIn: never,
  } as unknown as WebPorts);
  const isPage = (line: string): boolean => line.includes(' /console');
  /** Looked up before any router, by `serveCallbacks`. */
  const callbacks = ['get', 'post'].map((method) => `${method} /callback/:platform/:tenant/:kind`);
  const routed = web.middleware.flatMap((step) => {
    const router = (step as { router?: { stack: { path: string; methods: string[] }[] } }).router;
    return (router?.stack ?? []).flatMap(({ path, methods }) =>
      methods.filter((m) => m !== 'HEAD').map((m) => `${m.toLowerCase()} ${path}`),
    );
  });
  const documented = operations().map(([method, path]) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
  expect([...documented].sort()).toEqual([...callbacks, ...routed.filter((line) => !isPage(line))].sort());
  expect(new Set(operations().map(([, , op]) => op.operationId)).size).toBe(documented.length);
});

/** A body from the examples of the schema: what is required, and what the call needs to be more than refused. */
function bodyOf(op: Operation): string {
  const properties = op.requestBody?.content['application/json']?.schema.properties ?? {};
  const given = Object.entries(properties).flatMap(([name, schema]) => {
    const [example] = (schema.examples ?? []) as unknown[];
    return example === undefined ? [] : [[name, example]];
  });
  return op.requestBody === undefined ? '' : JSON.stringify(Object.fromEntries(given));
}

/** Two different calls may not share a key. */
const OWN_KEYS: Readonly<Record<string, string>> = { postOfficeCommand: 'contract-2', postBundle: 'contract-3' };

const NOTHING_MORE: Readonly<Record<string, string>> = {};

async function called(
  method: string,
  path: string,
  op: Operation,
  more: Readonly<Record<string, string>> = NOTHING_MORE,
): Promise<Response> {
  const filled = op.parameters.filter((p) => p.in === 'path').reduce((at, p) => at.replace(`{${p.name}}`, p.example ?? ''), path);
  const body = bodyOf(op);
  const guard = Object.keys(op.security[0] ?? {})[0];
  const auth: Record<string, string> =
    guard === 'token'
      ? { authorization: `Bearer ${API_TOKEN}` }
      : guard === 'signature'
        ? signed(hotline, method === 'get' ? filled : body)
        : {};
  const headers = {
    ...(path.includes('/audit') ? { 'x-fenghuo-as': 'auditor1' } : {}),
    'content-type': 'application/json',
    'idempotency-key': OWN_KEYS[op.operationId] ?? 'contract-1',
    ...auth,
    ...more,
  };
  const asked = { method: method.toUpperCase(), headers, ...(body === '' ? {} : { body }) };
  return more === NOTHING_MORE ? fetch(`${bureau.app.url}${filled}`, asked) : fromElsewhere(`${bureau.app.url}${filled}`, asked);
}

/** Each from an address of its own on this machine: whoever fails to say who he is too often is not answered any more. */
let elsewhere = 1;
function fromElsewhere(url: string, { method, headers, body }: { method: string; headers: Record<string, string>; body?: string }) {
  elsewhere += 1;
  return new Promise<Response>((resolve, reject) => {
    const asking = request(url, { method, headers, localAddress: `127.0.0.${elsewhere}`, agent: false }, async (answer) => {
      const bytes = await buffer(answer);
      resolve(new Response(bytes, { status: answer.statusCode ?? 0, headers: { 'content-type': answer.headers['content-type'] ?? '' } }));
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

async function fits(op: Operation, response: Response): Promise<unknown> {
  const told = op.responses[String(response.status)];
  const [type = ''] = Object.keys(told?.content ?? {});
  if (type !== '' && type !== 'application/json') return fileFits(op, response, type);
  const body: unknown = await response.json();
  expect([op.operationId, response.status, told === undefined ? 'not in the document' : '', body]).toEqual([
    op.operationId,
    response.status,
    '',
    body,
  ]);
  const schema = told?.content?.['application/json']?.schema;
  expect([op.operationId, schema === undefined ? ['no schema'] : faultsIn(schema, body, document)]).toEqual([op.operationId, []]);
  return body;
}

/** A file is offered to be kept, is of the type that was told, and is one: zips, documents and workbooks begin alike. */
async function fileFits(op: Operation, response: Response, type: string): Promise<unknown> {
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([op.operationId, response.headers.get('content-type')]).toEqual([op.operationId, type]);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%-]+$/);
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  return bytes;
}

/** The stream of events never ends; `test/web/stream.test.ts` listens to it. */
const speaksJson = (op: Operation): boolean =>
  Object.values(op.responses).some(({ content }) => content?.['application/json'] !== undefined);

/** Reports first, so that there is something to read; what asks for a call comes after the call. */
const inOrder = (): readonly (readonly [string, string, Operation])[] => {
  const rank = ([method, path]: readonly [string, string, Operation]): number => (method === 'get' ? 2 : path.endsWith('/reports') ? 0 : 1);
  return operations()
    .filter(([, path, op]) => path.startsWith('/api/') && speaksJson(op))
    .sort((a, b) => rank(a) - rank(b));
};

/** Papers to be read: a shift, a report, and the section's first draft. */
async function drafted(): Promise<void> {
  await bureau.say('duty', 'duty1', '开班');
  await bureau.see({ room: 'duty', text: '已开班' });
  await bureau.say('duty', 'duty1', '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集');
  await bureau.see({ room: 'duty', text: '已接报' });
  await bureau.say('hq', 'cons2', '#1 首报');
  await bureau.see({ room: 'hq', text: '已起草' });
}

test('每个接口都调用一遍：成功的答复都符合文件', async () => {
  await drafted();
  const succeeded: string[] = [];
  for (const [method, path, op] of inOrder()) {
    const response = await called(method, path, op);
    await fits(op, response);
    expect([op.operationId, response.ok]).toEqual([op.operationId, true]);
    succeeded.push(op.operationId);
  }
  expect(succeeded).toHaveLength(inOrder().length);
});

test('一份文稿、一份点名册、一班的日志都可以要 PDF：文件里写明的类型，名字以 pdf 结尾；转不出时一句话说明，docx 照给', async () => {
  const papers = operations().filter(([, , { operationId }]) => ['getPaperFile', 'getRollCall', 'getShiftPaperFile'].includes(operationId));
  expect(papers).toHaveLength(3);
  const asked = async (format: string) =>
    Promise.all(papers.map(async ([method, path, op]) => [op, await called(method, `${path}?format=${format}`, op)] as const));
  for (const [op, response] of await asked('pdf')) {
    expect([op.operationId, response.status, response.headers.get('content-type')]).toEqual([op.operationId, 200, 'application/pdf']);
    expect(Object.keys(op.responses['200']?.content ?? {})).toContain('application/pdf');
    expect(response.headers.get('content-disposition')).toMatch(/\.pdf$/);
    expect(await response.text()).toBe('%PDF-1.7');
  }
  rmSync(join(folder, 'office'));
  for (const [op, response] of await asked('pdf')) {
    expect(response.status).toBe(503);
    expect(await fits(op, response)).toMatchObject({ error: { code: 'no_pdf', message: expect.stringContaining('PDF') } });
  }
  for (const [, response] of await asked('docx')) expect(response.status).toBe(200);
  for (const [, response] of await asked('odt')) expect(await response.json()).toMatchObject({ error: { code: 'bad_query' } });
});

test('拒绝的答复也都符合文件：没有令牌、参数多余、内容不是 JSON、没有这起事件', async () => {
  for (const [method, path, op] of inOrder()) {
    const guard = Object.keys(op.security[0] ?? {})[0];
    if (guard === undefined) continue;
    const spoilt: Record<string, string> = guard === 'token' ? { authorization: 'Bearer nobody' } : { 'X-Fenghuo-Signature': '00' };
    const refused = await called(method, path, op, spoilt);
    expect([op.operationId, refused.status]).toEqual([op.operationId, 401]);
    await fits(op, refused);
    if (guard !== 'token') continue;
    const missing = await called(method, path.replace('{n}', '9999').replace('{key}', 'never-sent'), op);
    await fits(op, missing);
    if (method === 'get') {
      const odd = await called(method, `${path}?colour=red`, op);
      expect(odd.status).toBe(400);
      expect(await odd.json()).toMatchObject({ error: { code: 'bad_query', field: 'colour' } });
    }
  }
});

test('健康和指标的地址也答得出', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    const response = await fetch(`${bureau.app.url}${path}`);
    expect(Object.keys(document.paths[path]?.get?.responses ?? {})).toContain(String(response.status));
  }
  const page = await (await fetch(`${bureau.app.url}/metrics`)).text();
  expect(page).toMatch(/fenghuo_http_refused_total\{status="401",code="bad_signature"\} [1-9]/);
});
