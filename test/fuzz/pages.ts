/** The doors of the pages and of the sandbox over the wire: signing in, codes, links, the page’s own secret, and every order to the simulator. */
import { damageText, pick, type Roll } from './chance';
import { ODD_WORDS } from './corpus';
import { API_TOKEN, type Guarded, openGuarded, security } from './guarded';
import { PIECES } from './json';
import type { Target } from './target';

const VALUES = ['', 'x', '%00', '..%2f..%2fetc', '__proto__', 'a'.repeat(300), '%e4%b8', 'wecom', 'sandbox', 'null'];
const QUERIES = ['code', 'authCode', 'state', 'to', '__proto__', 'x'];
const COOKIES = ['fenghuo_session', 'fenghuo_state', '__proto__'];
/** Each address with a body that it would take. */
const SESSION: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/console/session'],
  ['POST', '/console/session/sandbox', { person: 'duty1' }],
  ['POST', '/console/session/local', { person: 'duty1', password: 'a long enough password', code: '123456' }],
  ['POST', '/console/session/code', { code: '123456' }],
  ['POST', '/console/session/end', {}],
  ['GET', '/console/session/first/*'],
  ['POST', '/console/session/first/*', { password: 'a long enough password', key: 'A'.repeat(32), code: '123456' }],
  ['GET', '/console/enter/wecom/sandbox'],
  ['GET', '/console/enter/*/*'],
  ['GET', '/console/enter/wecom/sandbox/back'],
  ['GET', '/console/enter/*/*/back'],
  ['GET', '/console/assets/*'],
];
const speaker = { room: 'duty', from: 'duty1' };
const SANDBOX: typeof SESSION = [
  ['POST', '/sandbox/api/say', { ...speaker, text: '收到', quote: 'x', copies: 1 }],
  ['POST', '/sandbox/api/send', { ...speaker, kind: 'file', name: 'a.txt', data: 'AAAA' }],
  ['POST', '/sandbox/api/send', { ...speaker, kind: 'location', latitude: 34, longitude: 111, label: '湖滨区' }],
  ['POST', '/sandbox/api/click', { message: 'm1', button: 'ack:1', from: 'duty1', values: { a: 'b' } }],
  ['POST', '/sandbox/api/enter', { ...speaker, to: 'app' }],
  ['POST', '/sandbox/api/event', { to: 'app', from: 'duty1', event: 'view', fields: { EventKey: 'x' } }],
  ['POST', '/sandbox/api/event', { to: 'robot', ...speaker, raw: { eventtype: 'x' } }],
  ['POST', '/sandbox/api/faults', { api: 'message/send', errcode: 1, times: 1 }],
  ['POST', '/sandbox/api/line', { drop: true }],
  ['POST', '/sandbox/api/switches', { groupPush: true }],
  ['POST', '/sandbox/api/standing', { person: 'duty1', status: 1 }],
  ['POST', '/sandbox/api/phone', { person: 'duty1', manner: 'rings' }],
  ['POST', '/sandbox/api/dissolve', { room: 'nobody' }],
  ['POST', '/sandbox/callback-url', { url: 'http://127.0.0.1:9/x' }],
  ['POST', '/sandbox/robot-callback-url', { url: null }],
  ['GET', '/sandbox/api/messages'],
  ['GET', '/sandbox/api/files/*'],
  ['GET', '/sandbox/page/*'],
  ['GET', '/sandbox/*'],
];

/** A refusal has one line in the log and changes nothing. */
export const pages: Target = {
  name: 'pages',
  cases: 40_000,
  open: async () => {
    const bureau = await openGuarded();
    const jar = await signedIn(bureau.app.url);
    let before = await bureau.rows();
    return {
      expected: ['200', '302', '400', '401', '403', '404', '422'],
      one: async (roll) => {
        const from = bureau.lines.length;
        const { status, words } = await met(bureau, requestOf(pick(SESSION, roll), jar, roll));
        const told = security(bureau.lines.slice(from)).length;
        const now = await bureau.rows();
        if (status >= 400 && told !== 1) throw new Error(`${told} lines in the log: ${words}`);
        if (status >= 400 && now !== before) throw new Error(`refused, and something has changed: ${words}\n${before}\n${now}`);
        before = now;
        return String(status);
      },
      close: () => bureau.close(),
    };
  },
};

/** The simulator keeps no log of ours; it must never fall over, nor say anything but its agreed error. */
export const sandbox: Target = {
  name: 'sandbox',
  cases: 20_000,
  open: async () => {
    const bureau = await openGuarded();
    const jar = await signedIn(bureau.app.url);
    return {
      expected: ['200', '400', '403', '404', '409'],
      one: async (roll) => String((await met(bureau, requestOf(pick(SANDBOX, roll), jar, roll))).status),
      close: () => bureau.close(),
    };
  },
};

/** Throws where there is no answer, or an error of another shape. */
async function met(bureau: Guarded, asked: Buffer): Promise<{ readonly status: number; readonly words: string }> {
  const { status, body } = await bureau.send(asked);
  const words = `${asked.subarray(0, 500).toString('latin1')} -> ${status} ${body.slice(0, 200)}`;
  if (status === 0 || status >= 500) throw new Error(words);
  if (status >= 400 && !/^\{"error":\{"code":"[\w-]+","message":"[^"]+/.test(body))
    throw new Error(`no error of the agreed shape: ${words}`);
  return { status, words };
}

interface Signed {
  readonly cookie: string;
  readonly csrf: string;
}

/** Some people who are signed in. */
async function signedIn(base: string): Promise<readonly Signed[]> {
  return Promise.all(
    ['duty1', 'duty2', 'director'].map(async (person) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${base}/console/session/sandbox`, { method: 'POST', headers, body: JSON.stringify({ person }) });
      const { csrf } = (await answer.json()) as { csrf: string };
      return { csrf, cookie: answer.headers.getSetCookie().join(';').split(';')[0] ?? '' };
    }),
  );
}

function requestOf([method, path, whole]: (typeof SESSION)[number], jar: readonly Signed[], roll: Roll): Buffer {
  const at = path.replaceAll('*', () => pick(VALUES, roll).slice(0, 200) || 'x');
  const query = Array.from({ length: roll(3) }, () => `${pick(QUERIES, roll)}=${pick(VALUES, roll)}`).join('&');
  const body = whole === undefined ? '' : bodyOf(whole, roll);
  const { cookie, csrf } = pick(jar, roll);
  const odd = `${pick(COOKIES, roll)}=${pick(['', 'x', 'a'.repeat(200), '/console/x', '%00', '"'], roll)}`;
  const head = [
    `${roll(30) === 0 ? pick(['PUT', 'DELETE', 'PATCH'], roll) : method} ${at}${query === '' ? '' : `?${query}`} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    ...(roll(2) === 0 ? [] : [`Cookie: ${roll(3) === 0 ? odd : roll(4) === 0 ? `${cookie}; ${odd}` : cookie}`]),
    ...(roll(3) === 0 ? [] : [`X-Fenghuo-Csrf: ${roll(3) === 0 ? pick(['', 'x', API_TOKEN, csrf.slice(1)], roll) : csrf}`]),
    ...(roll(30) === 0 ? ['Origin: http://evil.example'] : []),
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** A field with an odd word in it, or of another shape, then slips in the text. */
function bodyOf(whole: object, roll: Roll): string {
  const key = pick([...Object.keys(whole), '__proto__', 'more'], roll);
  const odd = pick([null, 7, [], {}, true, '', pick(ODD_WORDS, roll).text.slice(0, 5_000)], roll);
  let text = JSON.stringify(roll(2) === 0 ? { ...whole, [key]: odd } : whole);
  for (let faults = roll(3); faults > 0; faults -= 1) text = damageText(text, PIECES, roll);
  return text;
}
