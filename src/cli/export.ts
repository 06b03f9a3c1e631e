/** `fenghuo export <incident> --out <zip>`: the evidence bundle of an incident, masked, beside a running bot or without one. */
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createClock } from '../store/clock';
import { StartFault } from '../wiring/faults';
import { openPaperWorks } from '../wiring/papers';
import { type OnDatabase, refused, withDatabase } from './database';

const USAGE = '用法：fenghuo export <事件编号> --out <文件.zip> [--json]\n号码一律遮盖；需要明文的，由有权的人在系统中写明理由后导出。\n';

/** 0 done, 1 refused, 2 wrong usage. Never writes over a file. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const asked = askedFor(args);
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (existsSync(asked.out)) return refused(`${asked.out} 已存在，没有覆盖：请换一个文件名。`);
  return withDatabase((on) => exported(on, asked));
}

interface Asked {
  readonly n: number;
  readonly out: string;
  readonly json: boolean;
}

async function exported({ pool, settings }: OnDatabase, { n, out, json }: Asked): Promise<number> {
  const clock = await createClock(pool);
  try {
    const made = await openPaperWorks(settings, pool, clock).bundle(n, { unmasked: false });
    if (made === null) return refused(`没有事件 #${n}。`);
    const { zip, version, head, manifestHash } = made;
    writeFileSync(out, zip, { flag: 'wx', mode: 0o600 });
    const lines = [`已导出 ${out}：事件 #${n} 的 ${version} 条记录。`, `链头 ${head}`, `清单 ${manifestHash}（请另行记下，核验时用）`];
    process.stdout.write(
      json ? `${JSON.stringify({ out, n, version, head, manifest: manifestHash, bytes: zip.length })}\n` : `${lines.join('\n')}\n`,
    );
    return 0;
  } catch (cause) {
    if (cause instanceof StartFault) return refused(cause.message);
    throw cause;
  } finally {
    clock.stop();
  }
}

function askedFor(args: readonly string[]): Asked | null {
  try {
    const options = { out: { type: 'string' }, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [n, ...more] = positionals;
    if (n === undefined || more.length > 0 || !/^#?\d{1,9}$/.test(n) || values.out === undefined) return null;
    return { n: Number(n.replace('#', '')), out: values.out, json: values.json ?? false };
  } catch {
    return null;
  }
}
