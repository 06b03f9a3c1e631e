/** The main road without any blow: what every other run is measured by. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Given } from './fault';
import { peopleIn } from './people';
import { recordOf } from './record';
import { walk } from './road';
import { openWorld } from './world';

/** Throws when even this run leaves something undone. */
export async function walkUndisturbed(): Promise<Pick<Given, 'undisturbed' | 'passes'>> {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-passes-'));
  const counts = join(folder, 'passes.json');
  try {
    const world = await openWorld({ first: { BLOW_COUNTS: counts } });
    const undisturbed = await (async () => {
      await walk(peopleIn(world));
      return recordOf(world);
    })().finally(() => world.close());
    const wrong = [...undisturbed.faults, ...undisturbed.unknown];
    if (wrong.length > 0) throw new Error(`the undisturbed road is not whole:\n${wrong.join('\n')}`);
    return { undisturbed, passes: JSON.parse(readFileSync(counts, 'utf8')) as Record<string, number> };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
