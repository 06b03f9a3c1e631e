/** `fenghuo backup <file>` and `fenghuo restore <file>`: the whole database as one file, and back into an empty one. */
import { existsSync, statSync } from 'node:fs';
import { BackupFault } from '../store/backup/format';
import { restoreBackup } from '../store/backup/restore';
import { writeBackup } from '../store/backup/write';
import { createChains } from '../store/postgres/chains';
import { sha256 } from '../wiring/chance';
import { type OnDatabase, refused, withDatabase } from './database';
import { verify } from './verify';

/** Runs beside a running bot. 0 done, 1 refused, 2 wrong usage. */
export async function backupCommand(args: readonly string[]): Promise<number> {
  const asked = askedFor(args, 'backup <文件>  备份整个数据库，服务运行时也可以；不覆盖已有的文件');
  if (asked === null) return 2;
  const { file, json } = asked;
  if (existsSync(file)) return refused(`${file} 已存在，没有覆盖：请换一个文件名。`);
  return sayingFaults(({ pool }) => backUp(pool, file, json), false);
}

async function backUp(pool: OnDatabase['pool'], file: string, json: boolean): Promise<number> {
  const { madeAt, tables } = await writeBackup(pool, file);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const { size } = statSync(file);
  say(json, { file, madeAt, rows, bytes: size, tables }, [
    `已备份到 ${file}：${tables.length} 张表，${rows} 行，${(size / 1024 / 1024).toFixed(1)} MB。`,
    '备份含有个人信息和原话，请按本单位规定加密、异地保存。',
  ]);
  return 0;
}

/** Only onto a database that nobody has used; then checks every chain. 0 done and whole, 1 refused or a chain is broken, 2 wrong usage. */
export async function restoreCommand(args: readonly string[]): Promise<number> {
  const asked = askedFor(args, 'restore <文件>  恢复到空的数据目录或空的数据库，须先停止服务');
  if (asked === null) return 2;
  return sayingFaults(({ pool }) => restoreAndVerify(pool, asked.file, asked.json), true);
}

async function restoreAndVerify(pool: OnDatabase['pool'], file: string, json: boolean): Promise<number> {
  const restored = await restoreBackup(pool, file);
  say(json, restored, [`已恢复 ${restored.rows} 行，备份制作于 ${restored.madeAt}。正在校验记录链…`]);
  const code = await verify(createChains(pool), sha256, { incident: null, json, write: (line) => process.stdout.write(`${line}\n`) });
  if (!json)
    process.stdout.write(
      code === 0 ? '校验通过，可以启动服务。未到期的时限会继续提醒。\n' : '校验没有通过：请保留备份文件，联系维护人员。\n',
    );
  return code;
}

function sayingFaults(work: (on: OnDatabase) => Promise<number>, alone: boolean): Promise<number> {
  return withDatabase(
    async (on) => {
      try {
        return await work(on);
      } catch (cause) {
        if (cause instanceof BackupFault) return refused(cause.message);
        throw cause;
      }
    },
    { alone },
  );
}

function askedFor(args: readonly string[], usage: string): { readonly file: string; readonly json: boolean } | null {
  const [file, ...more] = args.filter((arg) => !arg.startsWith('--'));
  const isKnown = args.every((arg) => !arg.startsWith('--') || arg === '--json');
  if (file !== undefined && more.length === 0 && isKnown) return { file, json: args.includes('--json') };
  process.stderr.write(`用法：fenghuo ${usage}\n`);
  return null;
}

function say(json: boolean, data: object, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${lines.join('\n')}\n`);
}
