import { describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../../src/bot/wecom';
import type { WecomBinding } from '../../../../src/bot/wecom/settings';
import { full, open, quote } from '../../../../src/core/notices/message';
import type { Cleared } from '../../../../src/core/privacy/clear';
import type { Face } from '../../../../src/ports/platform';
import { message, testDeps } from '../../wire/support';
import { binding } from '../support';

function dress(channel: string, face: Face, said: Cleared = SAID, changes: Partial<WecomBinding> = {}) {
  const found = createWecom(binding(changes), testDeps()).channels.find((one) => one.id === channel);
  return (found?.dress?.(said, face, { address: 'duty', ticket: null }) ?? []).map((part) => JSON.parse(part.body));
}

const PAGE = 'https://duty.example.gov.cn/i/12';
const SAID = message({}, [open('请办理'), full('地点：', quote('湖滨区'))]);
const LINK: Face = { is: 'link', url: PAGE, label: '查看' };
const PICTURE: Face = { is: 'picture', url: PAGE, image: 'https://duty.example.gov.cn/p.png' };
const options = [
  { id: 'o1', text: '半小时内' },
  { id: 'o2', text: '一小时内能够到达现场吗不一定' },
];
const VOTE: Face = {
  is: 'vote',
  question: { key: 'q1', title: '到岗时间', options },
  several: true,
  submit: { key: 'send', text: '提交' },
};
const QUESTIONS: Face = {
  is: 'questions',
  questions: [
    { key: 'q1', title: '定级', options },
    { key: 'q2', title: '路线', options },
  ],
  submit: { key: 'send', text: '提交' },
};

describe('a message that leads to a page', () => {
  test('is the app’s text card, and words with the address where that is refused', () => {
    expect(dress('wecom.app', LINK)).toEqual([
      {
        message: {
          msgtype: 'textcard',
          textcard: { title: '#12 突发事件接报', description: '请办理\n地点：湖滨区', url: PAGE, btntxt: '查看' },
        },
        plain: [{ msgtype: 'text', text: { content: `#12 突发事件接报\n请办理\n地点：湖滨区\n${PAGE}` } }],
      },
    ]);
  });

  test('is a notice card of the robot and the webhook, a text card in the app’s group', () => {
    const card = {
      card_type: 'text_notice',
      main_title: { title: '#12 突发事件接报' },
      sub_title_text: '请办理\n地点：湖滨区',
      card_action: { type: 1, url: PAGE },
    };
    expect(dress('wecom.robot', LINK)[0]).toMatchObject({ message: { msgtype: 'template_card', template_card: card }, card: 1 });
    expect(dress('wecom.webhook', LINK)[0].message).toEqual({ msgtype: 'template_card', template_card: card });
    expect(dress('wecom.appchat', LINK)[0].message.msgtype).toBe('textcard');
  });

  test('that is no address people may be led to is left out', () => {
    const [app] = dress('wecom.app', { ...LINK, url: 'javascript:alert(1)' });
    expect(JSON.stringify(app)).not.toContain('javascript');
    expect(app.message.msgtype).toBe('text');
  });

  test('calls people where they must be called: then it is words, since no card can', () => {
    const said = message({ mentions: ['leader1'] }, [open('请办理')]);
    expect(dress('wecom.webhook', LINK, said)).toEqual([
      { msgtype: 'text', text: { content: `#12 突发事件接报\n请办理\n${PAGE}`, mentioned_list: ['lisi'] } },
    ]);
  });
});

test('a picture is news in the app and its group, a news card elsewhere', () => {
  expect(dress('wecom.app', PICTURE)[0].message.news.articles).toEqual([
    { title: '#12 突发事件接报', description: '请办理\n地点：湖滨区', url: PAGE, picurl: 'https://duty.example.gov.cn/p.png' },
  ]);
  expect(dress('wecom.appchat', PICTURE)[0].message.msgtype).toBe('news');
  for (const channel of ['wecom.robot', 'wecom.webhook']) {
    expect(dress(channel, PICTURE)[0].message.template_card).toEqual({
      card_type: 'news_notice',
      main_title: { title: '#12 突发事件接报' },
      vertical_content_list: [{ title: '内容', desc: '请办理\n地点：湖滨区' }],
      card_image: { url: 'https://duty.example.gov.cn/p.png', aspect_ratio: 1.31 },
      card_action: { type: 1, url: PAGE },
    });
  }
});

describe('a question', () => {
  test.each(['wecom.robot', 'wecom.app'])('is a vote of %s', (channel) => {
    const [call] = dress(channel, VOTE);
    expect(call.card).toBe(1);
    expect(call.message.template_card).toMatchObject({
      card_type: 'vote_interaction',
      checkbox: {
        question_key: 'q1',
        mode: 1,
        option_list: [
          { id: 'o1', text: '半小时内', is_checked: false },
          { id: 'o2', text: '一小时内能够到达现场…' },
        ],
      },
      submit_button: { key: 'send', text: '提交' },
    });
    expect(JSON.stringify(call.plain)).toContain('到岗时间：半小时内、一小时内能够到达现场吗不一定');
  });

  test.each(['wecom.robot', 'wecom.app'])('or several are lists of %s', (channel) => {
    const [call] = dress(channel, QUESTIONS);
    expect(call.message.template_card).toMatchObject({ card_type: 'multiple_interaction', submit_button: { key: 'send', text: '提交' } });
    expect(
      call.message.template_card.select_list.map((list: { question_key: string; title: string }) => [list.question_key, list.title]),
    ).toEqual([
      ['q1', '定级'],
      ['q2', '路线'],
    ]);
  });

  test('is asked in words where no card can be pressed', () => {
    const off = { capabilities: { 'aibot.cards': 'off', 'app.cards': 'off' } } as const;
    expect(dress('wecom.robot', VOTE, SAID, off)[0].message.msgtype).toBe('markdown');
    expect(dress('wecom.app', VOTE, SAID, off)[0].message.text.content).toContain('到岗时间：半小时内');
    expect(dress('wecom.webhook', VOTE)[0].text.content).toContain('到岗时间：半小时内');
    expect(dress('wecom.appchat', VOTE)[0].text.content).toContain('到岗时间：半小时内');
  });

  test.each<readonly [string, Face]>([
    [
      'more options than a card takes',
      { ...VOTE, question: { key: 'q', title: 't', options: Array.from({ length: 21 }, (_, at) => ({ id: `o${at}`, text: 'x' })) } },
    ],
    [
      'two options of one id',
      { ...VOTE, question: { key: 'q', title: 't', options: [options[0], options[0]].flatMap((one) => one ?? []) } },
    ],
    ['four questions', { ...QUESTIONS, questions: ['a', 'b', 'c', 'd'].map((key) => ({ key, title: key, options })) }],
    ['two questions of one key', { ...QUESTIONS, questions: ['a', 'a'].map((key) => ({ key, title: key, options })) }],
  ])('with %s is asked in words, not refused by the platform', (_what, face) => {
    expect(dress('wecom.app', face)[0].message.msgtype).toBe('text');
  });
});

test('titles and descriptions stay within characters and bytes, and are never empty', () => {
  const [call] = dress('wecom.app', LINK, message({ ref: null, heading: '急'.repeat(100) }, [open('火情'.repeat(300))]));
  const { title, description } = call.message.textcard;
  expect(Buffer.byteLength(title)).toBeLessThanOrEqual(128);
  expect(Buffer.byteLength(description)).toBeLessThanOrEqual(512);
  expect([title.at(-1), description.at(-1)]).toEqual(['…', '…']);
  const [bare] = dress('wecom.app', LINK, message({ ref: null, heading: '' }));
  expect(bare.message.textcard).toMatchObject({ title: '…', description: '…' });
});
