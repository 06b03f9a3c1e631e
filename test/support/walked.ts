/** Which platforms a journey is walked on: what only some platforms have is walked there alone, and elsewhere listed as left out with its reason. */
import { describe, test } from '@jest/globals';

/** A platform of the sandbox. */
export type Walked = 'wecom' | 'dingtalk' | 'govding';

/** The platform of this run. */
export const HERE = (process.env.FENGHUO_SANDBOX ?? 'wecom') as Walked;

/** A journey for these platforms; `why` says what the others lack. */
export function walkedOn(platforms: readonly Walked[], why: string, title: string, walk: () => void): void {
  if (platforms.includes(HERE)) describe(title, walk);
  else describe.skip(`${title} (only on ${platforms.join(', ')}: ${why})`, walk);
}

/** One step of a journey for these platforms. */
export function stepOn(platforms: readonly Walked[], why: string, title: string, step: () => Promise<void>): void {
  if (platforms.includes(HERE)) test(title, step);
  else test.skip(`${title} (only on ${platforms.join(', ')}: ${why})`, step);
}

/** Platforms with buttons. */
export const PRESSED: readonly Walked[] = ['wecom', 'dingtalk'];
/** Why the others are left out. */
export const NO_BUTTONS = 'nothing can be pressed on the others';
