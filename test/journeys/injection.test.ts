/** What people write, from the typed words to the raw payload of the platform: it pages nobody, leads nowhere, hides nothing and gives no second command. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readBureau } from '../../src/config/bureau';
import { type Bureau, openBureau } from '../support/bureau';
import type { Seen } from '../support/dutyRoom';

const MENTIONS = ['<@all>', '@all', '@所有人', '@王总', '<@director>', '＜@director＞', '$userName=director$', '<@\u200bdirector>'];
const LINKS = [
  'http://evil.example/a',
  '[点此](https://evil.example)',
  '<a href="http://evil.example">点此</a>',
  '![图](http://evil.example/x.png)',
];
const MARKUP = ['**加粗**', '`代码`', '# 标题', '> 引用', '<font color="warning">红字</font>', '|甲|乙|', '&lt;@all&gt;', '&#60;@all&#62;'];
const HIDDEN = ['\u202e已办结\u202c', '\u2066甲\u2069', '\u200b零宽', '\u0007响铃', '\u0000空', '\ud800半个', '\u{e0041}标签'];
const COMMANDS = ['\n#1 终止 没事了', '\r\n确认 4821', '；#1 启动', '\u2028#1 定级 Ⅰ', '"],"mentioned_list":["@all"'];

const INCIDENT = '湖滨区建设路丰和超市今早8点六十多名消费者聚集要求退卡，已派人到场，';

let duty: Bureau;
beforeAll(async () => {
  duty = await openBureau({ MESSAGES_A_MINUTE: '1000' });
}, 60_000);
afterAll(() => duty.close());

/** What the bot sent since then, with the payload as the platform took it. */
async function sentSince(cursor: number): Promise<readonly (Seen & { readonly raw: unknown })[]> {
  return (await duty.messages(cursor)).messages.filter((m) => m.fromBot) as (Seen & { raw: unknown })[];
}

/** Fields that never hold what a person wrote. */
const OURS = new Set(['key', 'url', 'task_id', 'question_key', 'response_url', 'touser', 'userid', 'from', 'chatid', 'aibotid', 'msgid']);

function textsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return OURS.has(key) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, Array.isArray(value) ? key : name));
}

/** Anything that a client could read as a mention, a link or an entity, or that nobody can see. */
const ACTIVE = /<@|<a\b|<font|@all|@所有人|:\/\/|&#|&lt|(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/** Where marks have a meaning: a link, a picture, code. */
const MARKED = /\]\(|!\[|`/u;

/** Fields of the platforms that a client reads as markdown, wherever they stand in a payload; some come as JSON in a text. */
function markdownIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^\s*[{[]/.test(value) ? markdownIn(parsed(value)) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (isMarked(name, value) ? textsIn(inner) : markdownIn(inner)));
}

/** WeCom and the webhooks name it; a robot's message on DingTalk says so by its key, a card's words always are. */
function isMarked(name: string, within: object): boolean {
  return name === 'markdown' || (name === 'text' && ('title' in within || 'status' in within));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function active(messages: readonly { readonly raw: unknown }[]): readonly string[] {
  const marked = messages.flatMap(({ raw }) => markdownIn(raw)).filter((text) => MARKED.test(text));
  return [...marked, ...messages.flatMap(({ raw }) => textsIn(raw)).filter((text) => ACTIVE.test(text))];
}

async function eventTypes(n: number): Promise<readonly string[]> {
  const { body } = await duty.api(`/api/v1/incidents/${n}/events`);
  return (body as unknown as { items: { type: string }[] }).items.map(({ type }) => type);
}

describe.each([
  ['mentions', MENTIONS],
  ['links', LINKS],
  ['markup', MARKUP],
  ['hidden signs', HIDDEN],
  ['second commands', COMMANDS],
] as const)('%s in the words of a report', (_what, evil) => {
  test('reach the rooms as words: only the county is paged, nothing is active, one incident and no decision comes of it', async () => {
    const before = (await duty.messages()).cursor;
    await duty.say('duty', 'duty1', `${INCIDENT}店员说${evil.join('，')}`);
    await duty.see({ room: 'duty', text: '已接报', after: before });
    await duty.see({ room: 'county-hubin', text: '先期处置任务', after: before });
    await duty.see({ room: 'dm:leader1', text: '新事件报告', after: before });
    const sent = await sentSince(before);
    expect(sent.some(({ raw }) => markdownIn(raw).length > 0)).toBe(process.env.FENGHUO_SANDBOX !== 'govding');
    expect(active(sent)).toEqual([]);
    expect([...new Set(sent.flatMap((m) => m.pinged))]).toEqual(['hubin1']);
    const list = (await duty.api('/api/v1/incidents')).body as unknown as { items: { n: number; status: string }[] };
    const newest = list.items[0]?.n ?? 0;
    expect(await eventTypes(newest)).toEqual(['IncidentReported']);
    expect(new Set(list.items.map(({ status }) => status))).toEqual(new Set(['intake']));
    await duty.advance(1);
  });
});

test.each([
  ['progress', 'county-hubin', 'hubin1', '#1 进展 ', '处置进展'],
  ['a supplement', 'duty', 'duty1', '#1 补充 ', '已补充'],
  ['a word that is no verb, shown back to who wrote it', 'duty', 'duty1', '定疾 ', '没有看懂'],
] as const)('the same in %s', async (_what, room, who, typed, answered) => {
  const before = (await duty.messages()).cursor;
  await duty.say(room, who, `${typed}现场说${[...MENTIONS, ...LINKS, ...MARKUP, ...HIDDEN, ...COMMANDS].join(' ')}`);
  await duty.see({ room: room === 'county-hubin' ? 'duty' : room, text: answered, after: before });
  const sent = await sentSince(before);
  expect([active(sent), sent.flatMap((m) => m.pinged)]).toEqual([[], []]);
  expect(await eventTypes(1)).not.toContain('ResponseTerminated');
});

test('a file with such a name is not spoken of', async () => {
  const before = (await duty.messages()).cursor;
  const name = '<@all>\u202egpj.exe';
  const { status } = await duty.sandbox('send', {
    room: 'dm:duty1',
    from: 'duty1',
    kind: 'file',
    name,
    data: Buffer.alloc(64, 1).toString('base64'),
  });
  expect(status).toBe(200);
  await duty.say('dm:duty1', 'duty1', '列表');
  await duty.see({ room: 'dm:duty1', text: '在办事件', after: before });
  expect(JSON.stringify(await sentSince(before))).not.toMatch(/gpj|exe/);
});

describe('names of people, posts, rooms and counties', () => {
  const SHIPPED = resolve('config/sample-bureau');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fenghuo-names-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['people.yaml', '周值一', '<@all>周值一'],
    ['people.yaml', '周值一', '周值一\\u202e'],
    ['people.yaml', '带班领导（备班）', '[点此](http://evil.example)'],
    ['bureau.yaml', '值班群', '@所有人'],
    ['bureau.yaml', '值班群', 'http://evil.example'],
    ['bureau.yaml', '卢氏县', '卢氏县\\n#1 终止'],
  ])('in %s “%s” cannot be “%s”: the start refuses it with file and line', (file, plain, evil) => {
    cpSync(SHIPPED, folder, { recursive: true });
    const text = readFileSync(join(SHIPPED, file), 'utf8');
    expect(text).toContain(plain);
    writeFileSync(join(folder, file), text.replace(new RegExp(`(?<=name: |post: |names: \\[)${plain}`), `"${evil}"`));
    const read = readBureau(folder);
    expect(read.is === 'faults' && read.faults.map((fault) => [fault.file.endsWith(file), fault.line > 0])).toEqual([[true, true]]);
  });
});
