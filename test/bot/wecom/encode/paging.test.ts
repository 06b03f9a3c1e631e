import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createWecom } from '../../../../src/bot/wecom';
import { formOf, safeName } from '../../../../src/bot/wire/papers';
import { full, type Line, quote } from '../../../../src/core/notices/message';
import type { Address, Face, Frozen, Ticket } from '../../../../src/ports/platform';
import { ACK, message, testDeps } from '../../wire/support';
import { AES_KEY, binding } from '../support';

/** What the platform's own rules (dossier section 3) let a payload page or lead to; stricter than the platform where it is unclear. */
interface Effect {
  readonly paged: readonly string[];
  readonly markup: boolean;
}

const evil = fc.constantFrom(
  '<@lisi>',
  '<@all>',
  '@all',
  '@所有人',
  '<',
  '@',
  '＜@lisi>',
  '&lt;@lisi&gt;',
  '&#60;@all>',
  '<\u200b@lisi>',
  '@\u2060all',
  '$userName=lisi$',
  '[点此](http://evil.example)',
  'http://evil.example',
  '<a href="http://evil.example">',
  '<font color="warning">',
  '`',
  '**',
  '\n# 标题',
  '\r\n> 引用',
  '\u2028- ',
  '|a|b|',
  '\ud800',
  '\u0000',
  '\u202e',
  '"],"mentioned_list":["@all"',
);
const words = fc.array(fc.oneof(evil, fc.string({ unit: 'binary' })), { maxLength: 12 }).map((pieces) => pieces.join(''));
const lines = fc.array(words, { minLength: 1, maxLength: 4 });
const tickets: readonly (Ticket | null)[] = [
  null,
  { kind: 'robot_welcome', reqId: 'W1', epoch: 'e' },
  { kind: 'robot_url', responseUrl: 'http://127.0.0.1:9/r', until: '0' },
  { kind: 'robot_event', reqId: 'E1', epoch: 'e', userid: 'zhangsan', taskId: 'T1', cardType: 'button_interaction' },
  { kind: 'app_card', responseCode: 'RC' },
];

const PAGE = 'https://duty.example.gov.cn/i/12';
const HASH = 'a'.repeat(64);
const faces = fc.oneof(
  words.map((label): Face => ({ is: 'link', url: PAGE, label })),
  fc.constant<Face>({ is: 'picture', url: PAGE, image: PAGE }),
  fc.tuple(words, words, words, fc.boolean()).map(([title, a, b, several]): Face => {
    const options = [a, b].map((text, at) => ({ id: `o${at}`, text }));
    const question = { key: 'q1', title, options };
    const submit = { key: 'send', text: title };
    return several ? { is: 'questions', questions: [question], submit } : { is: 'vote', question, several, submit };
  }),
);

const HEARD = { socket: {}, url: { robot: { botId: 'B', name: '值班', callbackToken: 'T', callbackAesKey: AES_KEY, quietMinutes: 60 } } };
const papers = { bytes: async () => null };
const CHANNELS = Object.entries(HEARD).flatMap(([heard, robot]) =>
  [{ ...testDeps(), papers }, testDeps()].flatMap((deps) =>
    createWecom(binding(robot), deps).channels.map((channel) => [`${channel.id} (${heard})`, channel] as const),
  ),
);

describe('what a person wrote', () => {
  const { channels } = createWecom(binding(), testDeps());

  test.each(CHANNELS)('pages nobody and leads nowhere through %s', (_name, channel) => {
    const to = (ticket: Ticket | null): Address => ({ address: 'duty', ticket });
    const quotes = (texts: readonly string[]): readonly Line[] =>
      texts.map((text, at) => (at % 2 === 0 ? full('来报：', quote(text)) : full(quote(text))));
    const check = (parts: readonly Frozen[], paged: readonly string[]) => {
      const effects = parts.map((part) => effectOf(JSON.parse(part.body)));
      expect(effects.flatMap((effect) => effect.paged)).toEqual(paged);
      expect(effects.some((effect) => effect.markup)).toBe(false);
    };
    fc.assert(
      fc.property(lines, fc.constantFrom([], [ACK]), fc.constantFrom(...tickets), faces, (texts, buttons, ticket, face) => {
        const pressed = ticket === null ? {} : { pressed: texts[0] ?? '' };
        const said = message({ mentions: ['leader1'], buttons, ...pressed }, quotes(texts));
        check(channel.split(said, to(ticket)), channel.pages ? ['lisi'] : []);
        check(channel.dress?.({ ...said, mentions: [] }, face, to(ticket)) ?? [], []);
        check([channel.attach?.({ sha256: HASH, name: texts.join('') }, to(ticket)) ?? { body: '{}' }], []);
      }),
      { numRuns: 200 },
    );
  });

  test('forges no header of an upload, whatever a paper is called', () => {
    fc.assert(
      fc.property(words, (name) => {
        const form = formOf(safeName(name), Buffer.from('12345678'), 'edge').bytes.toString('utf8');
        const [head, body] = [form.slice(0, form.indexOf('\r\n\r\n')), form.slice(form.indexOf('\r\n\r\n'))];
        expect(head).toMatch(
          /^--edge\r\nContent-Disposition: form-data; name="media"; filename="[^"\r\n\\/]+"; filelength=8\r\nContent-Type: application\/octet-stream$/,
        );
        expect(body).toBe('\r\n\r\n12345678\r\n--edge--\r\n');
      }),
    );
  });

  test('stays readable', () => {
    const [webhook] = channels.filter((channel) => channel.id === 'wecom.webhook');
    const parts = webhook?.split(message({}, [full('来报：', quote('张三@李四 说 a<b\n见 http://x.cn'))]), {
      address: 'duty',
      ticket: null,
    });
    expect(JSON.parse(parts?.[0]?.body ?? '').text.content).toBe('#12 突发事件接报\n来报：张三＠李四 说 a＜b 见 http：//x.cn');
  });
});

/** Fields that never hold what a person wrote. */
const OURS = new Set(['key', 'url', 'picurl', 'image', 'id', 'question_key', 'sha256']);

function effectOf(payload: unknown): Effect {
  const paged: string[] = [];
  const texts: string[] = [];
  let markup = false;
  walk(payload, (key, value) => {
    if (key === 'mentioned_list' || key === 'mentioned_mobile_list') paged.push(...(value as string[]));
    else if (key === 'enable_id_trans') paged.push('by name translation');
    else if (key === 'markdown') markup ||= isMarkup((value as { content: string }).content.replaceAll(PAGE, ''));
    else if (typeof value === 'string' && !OURS.has(key)) texts.push(value.replaceAll(PAGE, ''));
  });
  for (const text of texts) paged.push(...(text.match(/<@[^>]*>|@all|@所有人/g) ?? []));
  return { paged, markup: markup || texts.some((text) => isActive(text)) };
}

/** Anything that begins a link, a tag or an entity, or that cannot be seen. */
function isActive(text: string): boolean {
  return /[<>@]|:\/\/|&#|&lt|(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(text);
}

/** Anything that markdown gives a meaning, beyond our own bold title. */
function isMarkup(content: string): boolean {
  const body = content.replace(/^\*\*[^*]*\*\*/, '');
  return /[`*_~|[\]\\]|^\s*(?:#|[-+=])/m.test(body);
}

function walk(value: unknown, see: (key: string, value: unknown) => void, key = ''): void {
  see(key, value);
  if (key === 'mentioned_list' || typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) walk(inner, see, Array.isArray(value) ? key : name);
}
