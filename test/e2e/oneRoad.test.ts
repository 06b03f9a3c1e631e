/** The whole road in one evening: reported in the chat, seen on the console, graded there, called in the chat, a paper signed on a phone. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Bureau, openBureau } from '../support/bureau';
import { ChatPage } from './chatPage';
import { DESK, openWindow, PHONE, takePicture, type Window } from './chromium';
import { obstacles } from './obstacles';
import { be } from './signIn';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
/** Where phones reach the pages: stands in messages, leads here. */
const OUTSIDE = 'http://duty.example.test';
const FIRST_LOAD_KB = 600;

let bureau: Bureau;
let desk: Window;
let talk: Window;
let phone: Window;
let chat: ChatPage;
beforeAll(async () => {
  [desk, talk, phone] = await Promise.all([openWindow(DESK), openWindow(DESK), openWindow(PHONE)]);
  bureau = await openBureau({ PUBLIC_URL: OUTSIDE });
  for (const { page } of [desk, talk, phone]) await onlyTheServer(page);
  chat = new ChatPage(talk.page);
  await chat.open(bureau.app.page ?? '');
}, 90_000);
afterAll(async () => {
  await Promise.all([desk?.close(), talk?.close(), phone?.close()]);
  await bureau?.close();
});

/** Whatever a page asks of anybody else fails. */
async function onlyTheServer(page: Page): Promise<void> {
  await page.route(
    (url) => url.origin !== bureau.app.url,
    (route) => route.abort(),
  );
}

const overflow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');

/** The page that the newest message of a private chat leads to, as the phone opens it. */
async function linkFor(person: string, words: string | RegExp): Promise<string> {
  const { text } = await bureau.see({ room: `dm:${person}`, text: words });
  const [link = ''] = /http:\/\/duty\.example\.test\/console\/m\/\S+/.exec(text) ?? [];
  return link.replace(`${OUTSIDE}/console`, '');
}

describe('一个晚上，从接报到签发', () => {
  test('今晚页第一次打开不超过 600 KB（压缩后）', async () => {
    const loaded: Buffer[] = [];
    desk.page.on('response', (response) => {
      if (/\.(?:js|css|html)$|\/console\/$/.test(new URL(response.url()).pathname))
        void response.body().then(
          (body) => loaded.push(body),
          () => undefined,
        );
    });
    await be(desk.page, bureau, '周值一');
    await desk.page.getByText('没有正在办理的事件').waitFor();
    await desk.page.waitForLoadState('networkidle').catch(() => undefined);
    expect(loaded.length).toBeGreaterThan(4);
    expect(loaded.reduce((sum, body) => sum + gzipSync(body).length, 0)).toBeLessThan(FIRST_LOAD_KB * 1024);
  });

  test('群里一报告，一秒之内不刷新就出现在今晚页', async () => {
    await desk.page.getByText('实时').waitFor();
    await chat.be('duty1', 'duty');
    await chat.say(REPORT);
    await bureau.see({ room: 'duty', text: '#1 已接报' });
    await desk.page.getByText('湖滨区预付卡退费').waitFor({ timeout: 1000 });
  });

  test('局领导在控制台上定级、启动，群里真的点名到人', async () => {
    await be(desk.page, bureau, '李副消', '/incidents/1');
    await act('定级 Ⅲ');
    await desk.page.getByText('较大（Ⅲ级）').first().waitFor();
    await be(desk.page, bureau, '王总', '/incidents/1');
    await act('启动');
    await desk.page.getByText('响应中').waitFor();
    await chat.be('duty1', 'hq');
    const call = await chat.seePage(/现场处置组/);
    expect(await chat.pinged(call)).toContain('site1');
  });

  test('组员从消息里的链接在手机上打开事件，一屏看清，按“收到”，点名册跟着变', async () => {
    await be(phone.page, bureau, '秦现一', await linkFor('site1', /集结[\s\S]*console\/m\/1/));
    await phone.page.getByRole('heading', { name: '请您答复' }).waitFor();
    expect([await overflow(phone.page), await obstacles(phone.page)]).toEqual([0, []]);
    await takePicture(phone.page, 'phone-incident');
    await phone.page.getByRole('button', { name: '收到' }).click();
    await phone.page.getByText('您已答复：收到').waitFor();
    await desk.page.locator('tr', { hasText: '秦现一' }).getByText('收到').waitFor({ timeout: 3000 });
  });

  test('进展从手机报上来，群里看得到', async () => {
    await phone.page.getByRole('button', { name: '报告进展' }).click();
    await phone.page.getByRole('dialog').getByRole('textbox').fill('已到现场，正在登记退费名单');
    await phone.page.getByRole('button', { name: '发送' }).click({ trial: true });
    expect(await obstacles(phone.page)).toEqual([]);
    await phone.page.getByRole('button', { name: '发送' }).click();
    await chat.see('正在登记退费名单');
  });

  test('首报起草后，科室负责人在控制台看得到版式、每个数字的来处，审核交下一步', async () => {
    await chat.be('cons2', 'hq');
    await chat.say('#1 首报');
    await chat.see('文稿1（首报）已起草');
    await be(desk.page, bureau, '云消一', '/papers');
    await desk.page.getByRole('link', { name: /首报/ }).click();
    await desk.page.getByRole('heading', { name: '审签' }).waitFor();
    await desk.page.locator('.piece', { hasText: '六十多名' }).first().hover();
    await desk.page.getByText(/记录：.*周值一/).waitFor();
    expect(await obstacles(desk.page)).toEqual([]);
    await desk.page.getByRole('button', { name: '审核通过' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '审核通过' }).click();
    await desk.page.getByText('待核稿').waitFor();
  });

  test('分管领导从消息里的链接在 360 像素宽的手机上读全文、签发', async () => {
    await bureau.say('hq', 'office1', '#1 核稿 1');
    await be(phone.page, bureau, '李副消', await linkFor('deputy1', /请签发[\s\S]*console\/m\/1/));
    await phone.page.getByText('建设路丰和超市').first().waitFor();
    expect([await overflow(phone.page), await obstacles(phone.page)]).toEqual([0, []]);
    await takePicture(phone.page, 'phone-paper');
    await phone.page.getByRole('button', { name: '签发' }).click();
    await phone.page.getByRole('dialog').getByRole('button', { name: '签发' }).click();
    await phone.page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
    await phone.page.getByText('已签发待报送').or(phone.page.getByText('待编号报送')).first().waitFor();
    await bureau.see({ room: 'dm:office1', text: /文稿1（首报），请编号报送/ });
  });

  test('没有人的网页出错', () => {
    expect([desk, talk, phone].flatMap(({ faults }) => faults)).toEqual([]);
  });

  async function act(words: string): Promise<void> {
    await desk.page.getByLabel('办理').fill(words);
    await desk.page.getByRole('button', { name: '办理' }).click();
    await desk.page.getByRole('button', { name: '确认' }).click();
  }
});
