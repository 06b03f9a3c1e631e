/** Being somebody on the pages: in the sandbox one picks who one is. */
import type { Page } from 'playwright-core';
import type { Bureau } from '../support/bureau';

/** Signs out whoever was there, opens the page below `/console` and enters it as the person of this name. */
export async function be(page: Page, { app }: Pick<Bureau, 'app'>, name: string, path = '/'): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.goto(`${app.url}/console${path}`);
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('button', { name: '退出' }).waitFor();
}
