/** Opens the database of the settings for `verify`, reads only, and leaves it as it was; a bundle needs no database. */

import { createAnchors } from '../store/postgres/anchors';
import { createChains } from '../store/postgres/chains';
import { anchorsFile, anchorsOutside } from '../wiring/anchoring';
import { sha256 } from '../wiring/chance';
import { withDatabase } from './database';
import { verify } from './verify';
import { verifyBundleFile } from './verifyBundleFile';

const USAGE = '用法：fenghuo verify [事件编号] [--json]，或 fenghuo verify --bundle <文件.zip> [--json]\n';

/** Exit code of `verify`; 1 with a sentence when the settings or the database cannot be used. */
export async function verifyStored(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  const bundle = args.indexOf('--bundle');
  const [number, ...more] = args.filter((arg) => !arg.startsWith('--'));
  if (more.length > 0 || (bundle < 0 && number !== undefined && !/^#?\d+$/.test(number)) || (bundle >= 0 && args[bundle + 1] !== number)) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (bundle >= 0) return verifyBundleFile(number ?? '', { json, write });
  const incident = number === undefined ? null : Number(number.replace('#', ''));
  return withDatabase(({ pool, settings }) => {
    const anchored = { anchors: createAnchors(pool), outside: anchorsOutside(anchorsFile(settings.dataDir)) };
    return verify(createChains(pool), sha256, { incident, json, write, anchored });
  });
}
