/** What a person does and sees on the chat page: choosing who one is, typing, pressing, moving the clock. The page's markup is known here only. */
import type { Locator, Page } from 'playwright-core';
import { takePicture } from './chromium';

const BOT = '[data-testid="msg"][data-from=""]';
const PATIENCE_MS = 20_000;

/** A place in the conversation: what comes after the message of this id. */
export type Mark = string | null;

export class ChatPage {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(PATIENCE_MS);
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator('#link-robot.on').waitFor({ state: 'attached' });
    await this.byId('room-duty').waitFor({ state: 'attached' });
  }

  /** Looks at a room as a person. */
  async be(person: string, room: string): Promise<void> {
    await this.byId('whoami').selectOption(person);
    const entry = this.byId(`room-${room}`);
    if (!(await entry.isVisible())) await this.page.getByText('其他人的私聊').click();
    await entry.click();
  }

  /** Types into the composer and sends with Enter. */
  async say(text: string): Promise<void> {
    await this.byId('composer').fill(text);
    await this.byId('composer').press('Enter');
    await this.page.locator('.msg.mine', { hasText: text }).last().waitFor();
  }

  /** The newest message of the room. */
  async mark(): Promise<Mark> {
    const all = this.page.locator('[data-testid="msg"]');
    return (await all.count()) === 0 ? null : all.last().getAttribute('data-message-id');
  }

  /** Whether the first message after a mark is one's own: nobody else said anything in between. */
  async onlyOwnAfter(mark: Mark): Promise<boolean> {
    const next = this.page.locator(`[data-message-id="${mark}"] ~ [data-testid="msg"]`).first();
    return next.evaluate((message) => message.classList.contains('mine'));
  }

  /** Waits for the newest bot message of the room with these words, after a mark. */
  async see(words: string | RegExp, after: Mark = null, kind = ''): Promise<Locator> {
    const where = after === null ? `${BOT}${kind}` : `[data-message-id="${after}"] ~ ${BOT}${kind}`;
    const bubble = this.page.locator(where, { hasText: words }).last();
    await bubble.waitFor();
    return bubble;
  }

  /** Waits for the newest bot message of the room that pages somebody and has these words, after a mark. */
  async seePage(words: string | RegExp, after: Mark = null): Promise<Locator> {
    return this.see(words, after, ':not([data-pinged=""])');
  }

  async textOf(words: string | RegExp, after: Mark = null): Promise<string> {
    return wordsOf(await this.see(words, after));
  }

  /** Says a decision, reads the code in the question's bubble and confirms it. */
  async decide(text: string): Promise<void> {
    const before = await this.mark();
    await this.say(text);
    const question = await this.textOf(/确认 \d{4}/, before);
    await this.say(`确认 ${/确认 (\d{4})/.exec(question)?.[1] ?? ''}`);
  }

  /** Presses the newest button of this text and waits until it is no longer offered on that card. */
  async press(text: string): Promise<Locator> {
    const card = this.page.locator(BOT, { has: this.page.locator('[data-testid="card-button"]', { hasText: text }) }).last();
    const id = await card.getAttribute('data-message-id');
    await card.locator('[data-testid="card-button"]', { hasText: text }).click();
    const pressed = this.page.locator(`[data-message-id="${id}"]`);
    await pressed.locator('[data-testid="card-button"]', { hasText: text }).waitFor({ state: 'detached' });
    return pressed;
  }

  /** Presses a clock button, e.g. `10` or `hour`, and waits until the clock stands again. */
  async moveClock(step: string): Promise<void> {
    await this.byId(`clock-${step}`).click();
    await this.page.locator(`[data-testid="clock-${step}"]:enabled`).waitFor();
  }

  /** The people whom a message paged, by their ids. */
  async pinged(bubble: Locator): Promise<readonly string[]> {
    return ((await bubble.getAttribute('data-pinged')) ?? '').split(' ').filter(Boolean);
  }

  /** Unread messages of every room, as the room list counts them for the person one is. */
  async unread(): Promise<Readonly<Record<string, number>>> {
    const entries = this.page.locator('[data-testid^="room-"]');
    const counted = await entries.evaluateAll((rooms) => rooms.map((room) => [room.dataset.testid ?? '', Number(room.dataset.unread)]));
    return Object.fromEntries(counted);
  }

  /** CSS pixels by which the page is wider than its window. */
  async overflow(): Promise<number> {
    return this.page.locator('html').evaluate((page) => page.scrollWidth - page.clientWidth);
  }

  /** How the element with the focus is outlined, `none` when nothing shows it. A hidden box is shown by its neighbour. */
  async focusRing(): Promise<string> {
    return this.page.locator(':focus').evaluate((element) => {
      const styleOf = element.ownerDocument.defaultView?.getComputedStyle;
      const shown = element.matches('.at input') ? element.nextElementSibling : element;
      return shown && styleOf ? styleOf(shown).outlineStyle : 'none';
    });
  }

  /** Fields and buttons in sight that a screen reader could only call by their kind. */
  async nameless(): Promise<readonly string[]> {
    const all = this.page.locator('button:visible, select:visible, input:visible, textarea:visible');
    return all.evaluateAll((controls) =>
      controls
        .filter((c) => !c.getAttribute('aria-label') && !c.textContent?.trim() && !('labels' in c && c.labels?.length))
        .map((c) => c.outerHTML),
    );
  }

  async picture(name: string): Promise<void> {
    await takePicture(this.page, name);
  }

  byId(testid: string): Locator {
    return this.page.locator(`[data-testid="${testid}"]`);
  }
}

/** All words inside a piece of the page. */
export async function wordsOf(piece: Locator): Promise<string> {
  return (await piece.textContent()) ?? '';
}
