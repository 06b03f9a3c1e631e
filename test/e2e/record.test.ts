/** The pages of the record: who did what, whether it is whole, what an incident's figures were and how far its messages got; how it all runs; the wall. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Bureau, openBureau } from '../support/bureau';
import { DESK, openWindow, PHONE, type Window } from './chromium';
import { obstacles } from './obstacles';
import { be } from './signIn';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,联系人电话19900000042';

let bureau: Bureau;
let window: Window;
let page: Page;
beforeAll(async () => {
  window = await openWindow(DESK);
  page = window.page;
  bureau = await openBureau();
  await bureau.say('duty', 'duty1', REPORT);
  await bureau.see({ room: 'duty', text: '#1 已接报' });
  await bureau.say('duty', 'duty1', '#1 更正 现场聚集八十余人');
  await bureau.see({ room: 'duty', text: /更正|已更新/ });
}, 60_000);
afterAll(async () => {
  await window?.close();
  await bureau?.close();
});

describe('值班员、审计员、系统管理员各看各的', () => {
  test('事件页上有数字的变化和送达情况；原始消息要点了才看，号码隐去', async () => {
    await be(page, bureau, '周值一', '/incidents/1');
    const figures = page.locator('section', { hasText: '数字的变化' });
    await figures.getByText('八十余人').first().waitFor();
    await figures.getByText('六十多名').first().waitFor();
    await page.getByRole('heading', { name: '送达情况' }).waitFor();
    expect(await page.locator('.heard').count()).toBe(0);
    await page.getByRole('button', { name: '查看' }).click();
    await page.locator('.heard').getByText('联系人电话199****0042').waitFor();
    expect(await obstacles(page)).toEqual([]);
  });

  test('审计员查得到谁登录、谁看了原始消息，导出在后台做好后下载，校验全部记录后看到完整', async () => {
    await be(page, bureau, '审计', '/audit');
    await page.getByLabel('类别').selectOption('admin');
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.locator('.record-acts').getByText('查看原始消息').waitFor();
    await page.getByRole('button', { name: '导出 xlsx' }).click();
    await page.locator('.work.done').getByRole('link', { name: '操作记录.xlsx' }).waitFor();
    await page.getByRole('button', { name: '现在校验' }).click();
    await page.locator('.chain').getByText('完整', { exact: true }).waitFor();
    expect(await obstacles(page)).toEqual([]);
  });

  test('值班员的导航里没有审计；硬要打开，页面说明没有权限', async () => {
    await be(page, bureau, '周值一', '/audit');
    await page.getByText('不在您的职责范围内').waitFor();
    expect(await page.getByRole('link', { name: '审计' }).count()).toBe(0);
  });

  test('系统管理员看得到自检、出口和设置，看不到密钥', async () => {
    await be(page, bureau, '系统管理', '/system');
    await page.getByText('时区 Asia/Shanghai 可用').waitFor();
    await page.getByText('FENGHUO_API_TOKEN').waitFor();
    expect(await page.content()).not.toContain('a-token-for-tests-only');
    await page
      .getByRole('cell', { name: /\d+ \/ \d+/ })
      .first()
      .waitFor();
    expect(await obstacles(page)).toEqual([]);
  });

  test('大屏一屏看全，自己轮到下一个画面，可以暂停，可以退出', async () => {
    await be(page, bureau, '周值一', '/');
    await page.clock.install();
    await page.goto(`${bureau.app.url}/console/?wall`);
    await page.getByRole('link', { name: '#1', exact: true }).waitFor();
    await page.clock.runFor(21_000);
    expect(await page.evaluate('document.documentElement.scrollHeight - window.innerHeight')).toBe(0);
    await page.waitForURL(/\/incidents\/1\?wall/);
    expect(await page.evaluate('document.documentElement.scrollHeight - window.innerHeight')).toBe(0);
    expect(await obstacles(page)).toEqual([]);
    await page.getByRole('button', { name: '暂停轮播' }).click();
    await page.clock.runFor(60_000);
    expect(page.url()).toContain('/incidents/1?wall');
    await page.getByRole('link', { name: '退出大屏' }).click();
    await page.getByRole('heading', { name: '今晚' }).waitFor();
  });
});

test('手机上审计和运行两页不必左右拖动', async () => {
  const phone = await openWindow(PHONE);
  try {
    await be(phone.page, bureau, '王总', '/audit');
    for (const path of ['/audit', '/system', '/incidents/1']) {
      await phone.page.goto(`${bureau.app.url}/console${path}`);
      await phone.page.locator('.card').nth(1).waitFor();
      expect([path, await phone.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')]).toEqual([path, 0]);
    }
  } finally {
    await phone.close();
  }
});
