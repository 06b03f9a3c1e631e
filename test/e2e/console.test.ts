/** The console beside the chat: what is said there stands here at once, what is decided here is called out there. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Bureau, openBureau } from '../support/bureau';
import { DESK, openWindow, PHONE, type Window } from './chromium';
import { obstacles } from './obstacles';
import { be } from './signIn';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';

let bureau: Bureau;
let window: Window;
let page: Page;
beforeAll(async () => {
  window = await openWindow(DESK);
  page = window.page;
  bureau = await openBureau();
}, 60_000);
afterAll(async () => {
  await window?.close();
  await bureau?.close();
});

describe('值班员开着控制台', () => {
  test('群里一报告，不刷新就出现在今晚页上，一秒之内', async () => {
    await be(page, bureau, '周值一');
    await page.getByText('没有正在办理的事件').waitFor();
    await page.getByText('实时').waitFor();
    await bureau.say('duty', 'duty1', REPORT);
    await bureau.see({ room: 'duty', text: '#1 已接报' });
    await page.getByText('湖滨区预付卡退费').waitFor({ timeout: 1000 });
    expect(await obstacles(page)).toEqual([]);
  });

  test('事件页上看得到原文、识别结果和定级依据，看得出哪几个字是依据', async () => {
    await page.getByText('湖滨区预付卡退费').click();
    await page.getByRole('heading', { name: '识别结果' }).waitFor();
    expect(await page.locator('mark').allTextContents()).toEqual(expect.arrayContaining(['六十多名', '建设路丰和超市']));
    await page.getByText('现场聚集 60—69 人').waitFor();
    expect(await obstacles(page)).toEqual([]);
  });

  test('值班员在控制台上也不能定级，页面说出谁能定', async () => {
    await act('定级 Ⅲ');
    await page.getByText('不在您的权限内').waitFor();
  });

  test('分管领导在控制台上定级、局长启动：先问再办，组员在群里真的被叫到', async () => {
    await be(page, bureau, '李副消', '/incidents/1');
    await act('定级 Ⅲ');
    await page.getByRole('button', { name: '确认' }).click();
    await page.getByText('较大（Ⅲ级）').first().waitFor();
    await be(page, bureau, '王总', '/incidents/1');
    await act('启动');
    await page.getByText('将通知').waitFor();
    await page.getByRole('button', { name: '确认' }).click();
    await page.getByText('响应中').waitFor();
    const call = await bureau.see({ room: 'hq', text: /现场处置组/ });
    expect(call.pinged).toContain('site1');
    expect(await obstacles(page)).toEqual([]);
  });

  test('群里一答收到，点名册上就变，不用刷新', async () => {
    await bureau.say('hq', 'site1', '收到');
    await page.locator('tr', { hasText: '秦现一' }).getByText('收到').waitFor({ timeout: 3000 });
  });

  test('退出后什么也看不到', async () => {
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByText('企业微信登录').waitFor();
    expect(await obstacles(page)).toEqual([]);
  });

  async function act(words: string): Promise<void> {
    await page.getByLabel('办理').fill(words);
    await page.getByRole('button', { name: '办理' }).click();
  }
});

test('手机上：360 像素宽不必左右拖动，除了服务器什么也不连', async () => {
  const phone = await openWindow(PHONE);
  try {
    const asked: string[] = [];
    phone.page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await phone.page.goto(`${bureau.app.url}/console/incidents/1`);
    await phone.page.getByRole('button', { name: '王总' }).click();
    await phone.page.getByRole('heading', { name: '点名册' }).waitFor();
    const wide = await phone.page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(wide).toBeLessThanOrEqual(0);
    expect(new Set(asked)).toEqual(new Set([bureau.app.url]));
  } finally {
    await phone.close();
  }
});
