/** A person at the chat page of a fresh bureau: browser window, page and everything behind it. */
import { openBureau } from '../support/bureau';
import { ChatPage } from './chatPage';
import { openWindow, type Window } from './chromium';

export interface Sitting {
  readonly chat: ChatPage;
  /** What the page reported on its console. */
  readonly faults: Window['faults'];
  close(): Promise<void>;
}

/** Opens the page at a window size; what was opened before a fault is closed again. */
export async function sitDown(size: Parameters<typeof openWindow>[0]): Promise<Sitting> {
  const window = await openWindow(size);
  try {
    const bureau = await openBureau();
    const close = async (): Promise<void> => {
      await window.close();
      await bureau.close();
    };
    try {
      const chat = new ChatPage(window.page);
      await chat.open(bureau.app.page ?? '');
      return { chat, faults: window.faults, close };
    } catch (cause) {
      await bureau.close();
      throw cause;
    }
  } catch (cause) {
    await window.close();
    throw cause;
  }
}
