/** The chat page without a mouse, and for those who listen to it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChatPage } from './chatPage';
import { DESK } from './chromium';
import { type Sitting, sitDown } from './sitting';

describe('the chat page by keyboard', () => {
  let sitting: Sitting;
  let chat: ChatPage;

  beforeAll(async () => {
    sitting = await sitDown(DESK);
    chat = sitting.chat;
    await chat.be('duty1', 'duty');
  }, 60_000);
  afterAll(() => sitting?.close());

  test('Shift and Enter begin a new line, Enter alone sends both lines', async () => {
    const composer = chat.byId('composer');
    await composer.fill('帮助');
    await composer.press('Shift+Enter');
    await composer.pressSequentially('第二行');
    expect(await composer.inputValue()).toBe('帮助\n第二行');
    await composer.press('Enter');
    await chat.page.locator('.msg.mine', { hasText: '第二行' }).waitFor();
    expect(await composer.inputValue()).toBe('');
  });

  test('without the @ the robot hears nothing, and the button says which it is', async () => {
    const mention = chat.byId('mention');
    await mention.focus();
    await chat.page.keyboard.press('Space');
    expect(await mention.isChecked()).toBe(false);
    await chat.say('这句机器人听不到');
    expect(await chat.page.locator('.msg.mine', { hasText: '这句机器人听不到' }).locator('.at-name').count()).toBe(0);
    await mention.press('Space');
    await chat.say('状态');
    expect(await chat.page.locator('.msg.mine', { hasText: '状态' }).locator('.at-name').count()).toBe(1);
  });

  test('Tab reaches everything that can be pressed, and shows where it is', async () => {
    await chat.byId('clock-5').focus();
    await chat.page.keyboard.press('Tab');
    for (let step = 0; step < 12; step += 1) {
      expect(await chat.focusRing()).not.toBe('none');
      await chat.page.keyboard.press('Tab');
    }
  });

  test('every field and button has a name, and new messages are announced', async () => {
    expect(await chat.nameless()).toEqual([]);
    expect(await chat.byId('messages').getAttribute('aria-live')).toBe('polite');
    await chat.page.getByLabel('我是').waitFor();
  });
});
