/** A real Chromium of this machine for the browser tests, with a profile of its own for every launch. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Where pictures are left to be looked at; a later run writes over them. `E2E_PICTURES` names another folder. */
const PICTURES = process.env.E2E_PICTURES ?? join(tmpdir(), 'fenghuo-e2e');

export const DESK = { width: 1280, height: 800 };
/** A small phone in CSS pixels. */
export const PHONE = { width: 360, height: 740 };

export interface Window {
  readonly page: Page;
  /** What the page said to its console as an error, and what it threw. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Opens a window of the given size in CSS pixels. Fails in words when this machine has no Chromium. */
export async function openWindow(size: { readonly width: number; readonly height: number }): Promise<Window> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`浏览器测试需要 ${CHROMIUM}，本机没有：请先安装（Debian：apt-get install -y chromium），再运行 npm run e2e。`);
  }
  const profile = mkdtempSync(join(tmpdir(), 'fenghuo-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: FLAGS,
    viewport: size,
    locale: 'zh-CN',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, faults: listenForFaults(page), close: () => closeAll(context, profile) };
}

/** Leaves a picture of the window in the temporary folder. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

function listenForFaults(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (line) => {
    if (line.type() === 'error') faults.push(line.text());
  });
  return faults;
}

async function closeAll(context: BrowserContext, profile: string): Promise<void> {
  await context.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
