import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createWecom } from '../../../../src/bot/wecom';
import { full, type Line, quote } from '../../../../src/core/notices/message';
import type { Address, Ticket } from '../../../../src/ports/platform';
import { ACK, binding, message, testDeps } from '../support';

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
  { kind: 'robot_event', reqId: 'E1', epoch: 'e', userid: 'zhangsan', taskId: 'T1', cardType: 'button_interaction' },
  { kind: 'app_card', responseCode: 'RC' },
];

describe('what a person wrote', () => {
  const { channels } = createWecom(binding(), testDeps());

  test.each(channels.map((channel) => [channel.id, channel] as const))('pages nobody and leads nowhere through %s', (id, channel) => {
    const to = (ticket: Ticket | null): Address => ({
      address: id === 'wecom.robot' ? 'wrDuty' : id === 'wecom.app' ? 'leader1' : 'duty',
      ticket,
    });
    const quotes = (texts: readonly string[]): readonly Line[] =>
      texts.map((text, at) => (at % 2 === 0 ? full('来报：', quote(text)) : full(quote(text))));
    fc.assert(
      fc.property(lines, fc.constantFrom([], [ACK]), fc.constantFrom(...tickets), (texts, buttons, ticket) => {
        const pressed = ticket === null ? {} : { pressed: texts[0] ?? '' };
        const parts = channel.split(message({ mentions: ['leader1'], buttons, ...pressed }, quotes(texts)), to(ticket));
        const effects = parts.map((part) => effectOf(JSON.parse(part.body)));
        expect(effects.flatMap((effect) => effect.paged)).toEqual(id === 'wecom.webhook' ? ['lisi'] : []);
        expect(effects.some((effect) => effect.markup)).toBe(false);
      }),
      { numRuns: 300 },
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

function effectOf(payload: unknown): Effect {
  const paged: string[] = [];
  const texts: string[] = [];
  let markup = false;
  walk(payload, (key, value) => {
    if (key === 'mentioned_list' || key === 'mentioned_mobile_list') paged.push(...(value as string[]));
    else if (key === 'enable_id_trans') paged.push('by name translation');
    else if (key === 'markdown') markup ||= isMarkup((value as { content: string }).content);
    else if (typeof value === 'string' && key !== 'key' && key !== 'url') texts.push(value);
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
