/** Which platforms a journey is walked on: what speaks the wire of one platform says so in its title and is walked there alone. */
import { describe } from '@jest/globals';

/** A platform of the sandbox. */
export type Walked = 'wecom' | 'dingtalk' | 'govding';

/** The platform of this run. */
export const HERE = (process.env.FENGHUO_SANDBOX ?? 'wecom') as Walked;

/** The journeys below speak the wire of these platforms; on another they are listed as left out, with the reason. */
export function walkedOn(platforms: readonly Walked[], why: string, title: string, walk: () => void): void {
  if (platforms.includes(HERE)) describe(title, walk);
  else describe.skip(`${title} (only on ${platforms.join(', ')}: ${why})`, walk);
}
