/** The only door to a chat: what each exposure keeps, and what stands at the foot (decisions.md section 6). */
import { expect, test } from '@jest/globals';
import { full, type Message, open, summary } from '../../../src/core/notices/message';
import { clear, SECRECY_LINE } from '../../../src/core/privacy/clear';

const MESSAGE: Message = {
  ref: '#1',
  heading: '#1 催办',
  lines: [open('指引'), summary('摘要'), full('全文')],
  mentions: ['site1'],
  buttons: [{ key: 'ack:1:3', text: '收到' }],
};
const shown = (message: Message): readonly string[] => message.lines.map((l) => l.parts.map((p) => p.text).join(''));

test('保密提示的文字一字不差（第6节）', () => {
  expect(SECRECY_LINE).toBe('非涉密渠道，严禁传递国家秘密和工作秘密');
});

test.each([
  ['pointer', ['指引', '详情请登录办理', SECRECY_LINE]],
  ['summary', ['指引', '摘要', '详情请登录办理', SECRECY_LINE]],
  ['full', ['指引', '摘要', '全文']],
] as const)('公开范围 %s 看到 %j', (exposure, lines) => {
  expect(shown(clear(MESSAGE, exposure))).toEqual(lines);
});

test.each(['pointer', 'summary', 'full'] as const)('公开范围 %s：事件编号、@ 的人和按钮都留着', (exposure) => {
  expect(clear(MESSAGE, exposure)).toMatchObject({ ref: '#1', heading: '#1 催办', mentions: ['site1'], buttons: [{ key: 'ack:1:3' }] });
});

test('没有略去什么，就不写“请登录办理”，保密提示照写', () => {
  expect(shown(clear({ ...MESSAGE, lines: [open('指引')] }, 'pointer'))).toEqual(['指引', SECRECY_LINE]);
});

test('原消息不被改动', () => {
  clear(MESSAGE, 'pointer');
  expect(MESSAGE.lines).toHaveLength(3);
});
