/** `fenghuo roster …`: a month sheet is read here and taken by the running server, so that everybody concerned is told. */
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readWorkbook } from '../config/sheet/workbook';
import { minuteOfDay } from '../core/instant';
import type { RosterGap } from '../core/roster/gaps';
import { dayZh, monthZh, ROLE_ZH } from '../core/roster/month/days';
import { boundedSheet, type Sheet, sheetOf } from '../core/roster/month/sheet';
import type { MonthImport } from '../handlers/rosterMonth';
import { readSettings } from '../settings';
import { type Ask, serverOf, Unreachable } from './server';

const USAGE = `用法：fenghuo roster <命令>
  import <文件.xlsx> [--sheet 工作表] [--change 08:30] [--dry-run] [--yes] [--json]
                            导入一个月的值班表；文件写 - 表示从标准输入读粘贴的文字。先列出改动，确认后才算数
  check [--days 62] [--json] 检查今后若干天哪些班缺人，节假日须两名值班员、两名带班领导
服务须已启动（fenghuo start）；表头须有“日期”和“值班员”“带班领导”等列，一天一行。
`;

/** 0 good, 1 refused or faults found, 2 wrong usage. */
export async function rosterCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const given = optionsOf(args);
  const [command, file, ...more] = given?.positionals ?? [];
  if (given === null || more.length > 0 || (command === 'import') !== (file !== undefined) || (command !== 'import' && command !== 'check'))
    return usage();
  const read = readSettings(env);
  if (read.is === 'faults') return refused(read.faults.join('\n'));
  const ask = serverOf(read.settings);
  try {
    return command === 'check' ? await check(ask, given.values) : await importFile(ask, file ?? '', given.values);
  } catch (cause) {
    return refused(cause instanceof Unreachable ? cause.message : `没有办成：${String(cause)}`);
  }
}

interface Options {
  readonly sheet?: string;
  readonly change?: string;
  readonly days?: string;
  readonly 'dry-run'?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

function optionsOf(args: readonly string[]): { readonly values: Options; readonly positionals: readonly string[] } | null {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  try {
    const options = { sheet: text, change: text, days: text, 'dry-run': flag, yes: flag, json: flag };
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return null;
  }
}

async function importFile(ask: Ask, file: string, options: Options): Promise<number> {
  const change = options.change ?? '08:30';
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(change)) return usage();
  const sheet = sheetIn(file, options.sheet ?? null);
  if (typeof sheet === 'string') return refused(sheet);
  const send = async (confirmed: boolean): Promise<MonthImport> =>
    monthOf(await ask('roster/months', { sheet, changeAt: minuteOfDay(change), confirmed }));
  const seen = await send(false);
  const goesOn = seen.is === 'preview' && options['dry-run'] !== true;
  if (!goesOn || options.json === true || options.yes !== true) show(seen, options);
  if (!goesOn) return seen.is === 'faults' ? 1 : 0;
  if (options.yes !== true && !(await agreed())) return refused('没有确认，值班表没有改动。加 --yes 可以直接导入。');
  const done = await send(true);
  show(done, options);
  return done.is === 'imported' || done.is === 'unchanged' ? 0 : 1;
}

/** The cells, or why not. */
function sheetIn(file: string, wanted: string | null): Sheet | string {
  if (file !== '-' && !existsSync(file)) return `没有这个文件：${file}`;
  const bytes = readFileSync(file === '-' ? 0 : file);
  // Every xlsx is a zip; anything else is taken as a text.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return boundedSheet(sheetOf(bytes.toString('utf8')));
  const read = readWorkbook(bytes, wanted);
  return read.is === 'sheet' ? boundedSheet(read.sheet) : read.zh;
}

function monthOf({ status, body }: { readonly status: number; readonly body: unknown }): MonthImport {
  if (status === 200 && typeof body === 'object' && body !== null && 'is' in body) return body as MonthImport;
  throw new Unreachable(`服务答复了 ${status}：${JSON.stringify(body)}`);
}

function show(done: MonthImport, { json }: Options): void {
  if (json === true) process.stdout.write(`${JSON.stringify(done, null, 2)}\n`);
  else process.stdout.write(`${linesOf(done).join('\n')}\n`);
}

function linesOf({ is, month, faults, changes }: MonthImport): readonly string[] {
  const named = month === null ? '值班表' : `${monthZh(month)}值班表`;
  if (is === 'faults') return [...faults.map(({ ref, zh }) => `${ref}　${zh}`), `${named}共 ${faults.length} 处错误，没有导入。`];
  if (is === 'unchanged') return [`${named}与现有的一致，没有改动。`];
  const lines = changes.map(
    ({ day, role, before, after }) => `${dayZh(day)} ${ROLE_ZH[role]}：${before.join('、') || '未排'} → ${after.join('、')}`,
  );
  return [
    ...lines,
    is === 'preview' ? `${named}将改动 ${changes.length} 处。` : `${named}已导入，改动 ${changes.length} 处，已通知有关人员。`,
  ];
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const said = await prompt.question('确定导入请输入 是：');
  prompt.close();
  return ['是', 'y', 'yes'].includes(said.trim());
}

async function check(ask: Ask, { days, json }: Options): Promise<number> {
  const { status, body } = await ask(`roster/gaps?days=${days ?? '62'}`);
  if (status !== 200) throw new Unreachable(`服务答复了 ${status}：${JSON.stringify(body)}`);
  const { items } = body as { readonly items: readonly RosterGap[] };
  const lines = items.map(
    ({ day, role, holiday, has, needs }) =>
      `${day} ${ROLE_ZH[role]}：应 ${needs} 人，已排 ${has} 人${holiday === null ? '' : `（${holiday}）`}`,
  );
  if (json === true) process.stdout.write(`${JSON.stringify({ items }, null, 2)}\n`);
  else process.stdout.write(`${[...lines, items.length === 0 ? '值班表没有缺人。' : `共缺 ${items.length} 处。`].join('\n')}\n`);
  return items.length === 0 ? 0 : 1;
}

function refused(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

function usage(): number {
  process.stderr.write(USAGE);
  return 2;
}
