/** The duty officer on the way, with a small phone: reporting and reading the echo without scrolling sideways. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChatPage, wordsOf } from './chatPage';
import { PHONE } from './chromium';
import { type Sitting, sitDown } from './sitting';

describe('the duty room on a small phone', () => {
  let sitting: Sitting;
  let chat: ChatPage;

  beforeAll(async () => {
    sitting = await sitDown(PHONE);
    chat = sitting.chat;
  }, 60_000);
  afterAll(() => sitting?.close());

  test('the list of rooms fits the screen and leads into the duty room and back', async () => {
    expect(await chat.byId('messages').isVisible()).toBe(false);
    expect(await chat.overflow()).toBe(0);
    await chat.picture('phone-1-rooms');
    await chat.be('duty1', 'duty');
    expect(await chat.byId('messages').isVisible()).toBe(true);
    await chat.page.getByRole('button', { name: '返回房间列表' }).click();
    expect(await chat.byId('room-duty').isVisible()).toBe(true);
  });

  test('a typed report is echoed on the screen, nothing sticks out sideways and the composer stays in sight', async () => {
    await chat.be('duty1', 'duty');
    await chat.say('今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场');
    const echo = await chat.see('已接报');
    expect(await wordsOf(echo)).toContain('较大（Ⅲ级）');
    expect(await chat.overflow()).toBe(0);
    const [bubble, send] = await Promise.all([echo.locator('.bubble').boundingBox(), chat.byId('send').boundingBox()]);
    expect((bubble?.x ?? 0) + (bubble?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
    expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(PHONE.height);
    await chat.picture('phone-2-echo');
  });

  test('a called person presses the button with a finger-sized target', async () => {
    await chat.page.getByRole('button', { name: '返回房间列表' }).click();
    await chat.be('hubin1', 'county-hubin');
    const button = chat.byId('card-button').last();
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(32);
    await chat.press('收到');
    await chat.picture('phone-3-pressed');
    expect(await chat.overflow()).toBe(0);
  });
});
