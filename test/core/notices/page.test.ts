/** Whoever is asked for something finds the page for it in the message; whoever is only told is led nowhere. */
import { expect, test } from '@jest/globals';
import { merge } from '../../../src/core/notices/compose/compose';
import { withPage } from '../../../src/core/notices/compose/page';
import type { Message } from '../../../src/core/notices/message';
import { activated, ask, type Given, given, levelSet, reported } from '../builders';
import { theOne } from './intents';
import { SAMPLES } from './samples';

const PAGES = 'https://duty.example.gov.cn/console';
const MADE: Message = { ref: '#1', heading: '请办理', lines: [], mentions: [], buttons: [] };
const called = given(reported(), levelSet(3, '09:10'), activated(3, [ask('call_out', 'site1', { group: 'on_site' })]));
const drafted = given(reported(), SAMPLES.PaperDrafted);

function pageOf(g: Given, wanted: string): string | undefined {
  const view = { ...g.scene, state: g.state, texts: new Map<string, string>(), now: g.history.at(-1)?.at ?? 0 };
  return withPage(view, theOne(g, wanted), MADE, PAGES).page;
}

test('被集结的人，群里点名和私信都通到手机上的事件页', () => {
  expect(pageOf(called, 'call_out room:hq page')).toBe(`${PAGES}/m/1`);
  expect(pageOf(called, 'call_out person:site1 show')).toBe(`${PAGES}/m/1`);
});

test('请审签的消息直接通到那份文稿', () => {
  expect(pageOf(drafted, 'paper_asked person:cons1 show')).toBe(`${PAGES}/m/1/papers/1`);
});

test('群里点名旁边的按钮卡片和只是告知的消息不带链接', () => {
  expect(pageOf(called, 'call_out room:hq show')).toBeUndefined();
  expect(pageOf(called, 'activation_notice room:duty show')).toBeUndefined();
});

test('几条消息合成一条，只有都通到同一页时才带链接', () => {
  const one = { ...MADE, page: `${PAGES}/m/1` };
  expect(merge([one, one])?.page).toBe(`${PAGES}/m/1`);
  expect(merge([one, { ...MADE, page: `${PAGES}/m/2` }])?.page).toBeUndefined();
});
