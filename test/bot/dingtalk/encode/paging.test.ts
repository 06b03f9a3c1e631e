/** Nobody's own words can call somebody, lead anywhere or look like ours, through any channel; and the people meant are called with list and text. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDingtalk } from '../../../../src/bot/dingtalk';
import { full, type Line, open, quote } from '../../../../src/core/notices/message';
import type { Channel, Face, Frozen, Ticket } from '../../../../src/ports/platform';
import { ACK, message, testDeps } from '../../wire/support';
import { binding } from '../support';

const evil = fc.constantFrom(
  '@daiban1',
  '@zhiban1 ',
  '@19900000001',
  '@all',
  '@所有人',
  '＠daiban1',
  '@\u2060daiban1',
  '[点此](dingtalk://dingtalkclient/page/link?url=http%3A%2F%2Fevil.example)',
  '[点此](http://evil.example)',
  '![图](http://evil.example/a.png)',
  'http://evil.example',
  '<a href="http://evil.example">',
  '<font color=red>',
  '`',
  '**',
  '\n# 标题',
  '\r\n> 引用',
  '\u2028- ',
  '|a|b|',
  '\ud800',
  '\u0000',
  '\u202e',
  '"},"at":{"isAtAll":true',
);
const words = fc.array(fc.oneof(evil, fc.string({ unit: 'binary' })), { maxLength: 12 }).map((pieces) => pieces.join(''));
const lines = fc.array(words, { minLength: 1, maxLength: 4 });
const tickets: readonly (Ticket | null)[] = [
  null,
  { kind: 'session', url: 'http://127.0.0.1:9/robot/sendBySession?session=s', until: '9999999999999' },
  { kind: 'card', outTrackId: 'fh-1-1', userid: 'zhiban1' },
];
const PAGE = 'https://duty.example.gov.cn/i/12';
const faces = fc.oneof(
  words.map((label): Face => ({ is: 'link', url: PAGE, label })),
  fc.constant<Face>({ is: 'picture', url: PAGE, image: PAGE }),
  fc.tuple(words, words).map(([title, text]): Face => {
    const question = { key: 'q1', title, options: [{ id: 'o1', text }] };
    return { is: 'vote', question, several: false, submit: { key: 'send', text: title } };
  }),
);

const papers = { bytes: async () => null };
const bindings = { cards: { cardTemplateId: 't.schema' }, plain: {} };
const CHANNELS = Object.entries(bindings).flatMap(([kind, changes]) =>
  createDingtalk(binding(changes), { ...testDeps(), papers })
    .channels.filter(({ id }) => !id.startsWith('dingtalk.ding'))
    .map((channel) => [`${channel.id} (${kind})`, channel] as const),
);
const channelOf = (id: string): Channel => {
  const found = CHANNELS.find(([, channel]) => channel.id === id)?.[1];
  if (found === undefined) throw new Error(id);
  return found;
};
const HASH = 'a'.repeat(64);
const TO = { address: 'duty', ticket: null };

describe('what a person wrote', () => {
  test.each(CHANNELS)('pages nobody and leads nowhere through %s', (_name, channel) => {
    const quotes = (texts: readonly string[]): readonly Line[] =>
      texts.map((text, at) => (at % 2 === 0 ? full('来报：', quote(text)) : full(quote(text))));
    const check = (parts: readonly Frozen[], paged: readonly string[]) => {
      const effects = parts.map(({ body }) => effectOf(JSON.parse(body)));
      expect([...new Set(effects.flatMap((effect) => effect.paged))]).toEqual(paged);
      expect(effects.flatMap((effect) => effect.active)).toEqual([]);
    };
    const answers = channel.id === 'dingtalk.group';
    fc.assert(
      fc.property(lines, fc.constantFrom([], [ACK]), fc.constantFrom(...tickets), faces, (texts, buttons, ticket, face) => {
        const to = { address: 'duty', ticket };
        const pressed = ticket?.kind === 'card' ? { pressed: texts[0] ?? '' } : {};
        const said = message({ mentions: ['leader1'], buttons, ...pressed }, quotes(texts));
        const parts = channel.split(said, to);
        const hasWords = parts.some(({ body }) => body.includes('"answer"'));
        check(parts, channel.pages || (answers && hasWords) ? ['daiban1'] : []);
        check(channel.dress?.({ ...said, mentions: [] }, face, to) ?? [], []);
        check([channel.attach?.({ sha256: HASH, name: texts.join('') }, to) ?? { body: '{}' }], []);
      }),
      { numRuns: 150 },
    );
  });

  test('stays readable', () => {
    const [part] = channelOf('dingtalk.webhook').split(message({}, [full('来报：', quote('张三@李四 说 a<b\n见 http://x.cn'))]), TO);
    expect(JSON.parse(part?.body ?? '').text.content).toBe('#12 突发事件接报\n来报：张三＠李四 说 a＜b 见 http：//x.cn');
  });
});

describe('the people to be called', () => {
  const SAID = message({ mentions: ['leader1', 'guest1', 'stranger'] }, [open('请到岗')]);

  test('stand in the list and in the text, by userid or by mobile; who has neither is said in the log', () => {
    const deps = testDeps();
    const { channels } = createDingtalk(binding({ mobiles: { guest1: '19900000001' } }), deps);
    const [part] = channels.find(({ id }) => id === 'dingtalk.webhook')?.split(SAID, TO) ?? [];
    const { at, text } = JSON.parse(part?.body ?? '');
    expect(at).toEqual({ atUserIds: ['daiban1'], atMobiles: ['19900000001'], isAtAll: false });
    expect(text.content).toBe('#12 突发事件接报\n请到岗\n@daiban1 @19900000001');
    expect(deps.lines).toEqual([expect.stringMatching(/^error .*cannot be mentioned.*stranger/)]);
    expect(deps.lines.join()).not.toContain('19900000001');
  });

  test('stand on a card by userid with the name that the message has for them', () => {
    const named = message({ mentions: ['leader1', 'duty1'] }, [
      { needs: 'pointer', parts: [{ is: 'name', person: 'leader1', text: '带班甲' }] },
    ]);
    const [part] = channelOf('dingtalk.card').split(named, TO);
    expect(JSON.parse(part?.body ?? '').card.calls).toEqual({ daiban1: '带班甲', zhiban1: 'zhiban1' });
  });

  test('are called by the last part of a long notice, within the bytes the platform takes', () => {
    const long = message({ mentions: ['leader1'] }, [full(quote(`${'火"情'.repeat(9_000)}`))]);
    const bodies = channelOf('dingtalk.webhook')
      .split(long, TO)
      .map(({ body }) => body);
    expect(bodies.length).toBeGreaterThan(3);
    expect(bodies.map((body) => body.includes('atUserIds'))).toEqual(bodies.map((_, at) => at === bodies.length - 1));
    for (const body of bodies) expect(Buffer.byteLength(body)).toBeLessThan(20_000);
  });

  test('by the hundred are called by further messages, each once', () => {
    const people = Object.fromEntries(Array.from({ length: 450 }, (_, nth) => [`p${nth}`, `user${nth}`]));
    const { channels } = createDingtalk(binding({ people, cardTemplateId: 't.schema' }), testDeps());
    const said = message({ mentions: Object.keys(people) }, [open('全员集结')]);
    for (const id of ['dingtalk.webhook', 'dingtalk.card']) {
      const parts = channels.find((one) => one.id === id)?.split(said, TO) ?? [];
      expect(parts).toHaveLength(3);
      expect(parts.flatMap(({ body }) => effectOf(JSON.parse(body)).paged)).toEqual(Object.values(people));
    }
  });
});

describe('messages of the robot', () => {
  test('keep their fields as one JSON text of at most 15,000 bytes, whatever has to be written longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30_000 }), fc.constantFrom('火', '"', '甲"\\', 'a\n'), (times, sign) => {
        const parts = channelOf('dingtalk.group').split(message({}, [full(quote(sign.repeat(times)))]), TO);
        const params = parts.map(({ body }) => JSON.parse(body).sample.msgParam as string);
        for (const param of params) expect(Buffer.byteLength(param)).toBeLessThanOrEqual(15_000);
        expect(params.every((param) => typeof JSON.parse(param).text === 'string')).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

interface Effect {
  readonly paged: readonly string[];
  /** Texts in which something begins that the client gives a meaning. */
  readonly active: readonly string[];
}

/** Fields that never hold what a person wrote. */
const OURS = new Set(['sha256', 'singleURL', 'msgKey', 'msgtype', 'msgParam', 'buttons', 'id']);

/** By the platform's own rules (dossier 3.2, 3.7), stricter where they are unclear. */
function effectOf(payload: unknown): Effect {
  const paged: string[] = [];
  const texts: (readonly [string, string])[] = [];
  walk(payload, (key, value) => {
    if (key === 'atUserIds' || key === 'atMobiles') paged.push(...(value as string[]));
    else if (key === 'isAtAll' && value === true) paged.push('everybody');
    else if (key === 'calls') paged.push(...Object.keys(value as object));
    else if (typeof value === 'string' && !OURS.has(key)) texts.push([key, value]);
  });
  return { paged, active: texts.filter(([key, text]) => isActive(key, text)).map(([, text]) => text) };
}

/** Our own line of names, our own page and picture, our own bold heading and quotation of buttons aside. */
function isActive(key: string, text: string): boolean {
  const theirs = text
    .replace(/\n*@[A-Za-z0-9 @]+$/, '')
    .replace(`![](${PAGE})`, '')
    .replaceAll(PAGE, '')
    .replace(/^(?:（\d+\/\d+）)?\s*\*\*[^*]*\*\*/, '');
  const plain = /[<>@]|:\/\/|&#|&lt|(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(theirs);
  const isMarkdown = key === 'text' && !text.startsWith('#12');
  return plain || (isMarkdown && /[`*_~|[\]\\]|^\s*(?:#|[-+=])\s/m.test(theirs));
}

function walk(value: unknown, see: (key: string, value: unknown) => void, key = ''): void {
  see(key, value);
  if (key === 'atUserIds' || key === 'atMobiles' || key === 'calls') return;
  const inside: unknown = key === 'msgParam' ? JSON.parse(String(value)) : value;
  if (typeof inside !== 'object' || inside === null) return;
  for (const [name, inner] of Object.entries(inside)) walk(inner, see, Array.isArray(inside) ? key : name);
}
