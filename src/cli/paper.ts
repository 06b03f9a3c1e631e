/** `fenghuo paper …`: an office tries its templates and looks at papers before anything depends on them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { OfficialPaper } from '../core/papers/official';
import { createPdfMaker } from '../papers/pdf';
import { createRenderer } from '../papers/renderer';
import { SecretPaper } from '../papers/secrets';
import { readTemplates, TEMPLATE_FOLDER } from '../papers/templates';
import { readSettings, type Settings } from '../settings';
import { refused } from './database';

const USAGE = `用法：fenghuo paper <命令>
  check                     检查配置目录下 ${TEMPLATE_FOLDER} 中的公文模板
  render <公文.json> --out <文件.docx 或 .pdf> [--kind first_report]
                            排一份公文；写明种类时用该种类的模板，否则用国标版式。例文见 docs/examples
`;

/** 0 good, 1 faults or refused, 2 wrong usage. */
export async function paperCommand(args: readonly string[]): Promise<number> {
  const given = optionsOf(args);
  const [command, file, ...more] = given?.positionals ?? [];
  const isUsed =
    more.length === 0 &&
    (command === 'check' ? file === undefined : command === 'render' && file !== undefined && given?.values.out !== undefined);
  if (given === null || !isUsed) {
    process.stderr.write(USAGE);
    return 2;
  }
  const read = readSettings(process.env);
  if (read.is === 'faults') return refused(read.faults.join('\n'));
  return command === 'check' ? check(read.settings) : render(read.settings, file ?? '', given.values.out ?? '', given.values.kind);
}

function check({ configDir }: Settings): number {
  const { byKind, faults } = readTemplates(configDir);
  for (const { file, zh } of faults) process.stdout.write(`${file}：${zh}\n`);
  process.stdout.write(
    `可用的模板 ${byKind.size} 个${byKind.size === 0 ? '' : `：${[...byKind.keys()].join('、')}`}，错误 ${faults.length} 处。\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

async function render({ configDir, pdfCommand }: Settings, file: string, out: string, kind: string | undefined): Promise<number> {
  if (!/\.(docx|pdf)$/.test(out)) return refused('--out 应为 .docx 或 .pdf 文件。');
  const paper = paperIn(file);
  if (typeof paper === 'string') return refused(paper);
  const { byKind, faults } = readTemplates(configDir);
  if (faults.length > 0) return refused(faults.map((fault) => `${fault.file}：${fault.zh}`).join('\n'));
  if (kind !== undefined && !byKind.has(kind)) return refused(`没有 ${TEMPLATE_FOLDER}/${kind}.docx 这个模板。`);
  try {
    const docx = await createRenderer(byKind).docx(paper, kind);
    return await write(out, docx, pdfCommand);
  } catch (cause) {
    if (cause instanceof SecretPaper) return refused(cause.message);
    throw cause;
  }
}

async function write(out: string, docx: Uint8Array, pdfCommand: string | null): Promise<number> {
  const made = out.endsWith('.pdf') ? await createPdfMaker(pdfCommand).pdf(docx) : ({ is: 'pdf', bytes: docx } as const);
  if (made.is === 'none') return refused(made.zh);
  writeFileSync(out, made.bytes);
  process.stdout.write(`已写入 ${out}。\n`);
  return 0;
}

const text = z.string();
const orNull = text.nullable();
const block = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('heading'), level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]), text }),
  z.strictObject({ is: z.literal('paragraph'), text }),
  z.strictObject({ is: z.literal('table'), columns: z.array(text).min(1), rows: z.array(z.array(text)) }),
]);
const schema: z.ZodType<OfficialPaper> = z.strictObject({
  form: z.enum(['document', 'letter', 'bulletin', 'sheet']).optional(),
  issue: orNull.optional(),
  sealed: z.boolean().optional(),
  masthead: text,
  urgency: z.enum(['特急', '加急']).nullable(),
  number: orNull,
  signer: orNull,
  title: text,
  to: z.array(text),
  body: z.array(block),
  attachments: z.array(text),
  organ: text,
  date: orNull,
  note: orNull,
  copies: z.array(text),
  printed: z.strictObject({ by: text, on: text }).nullable(),
});

/** The paper, or why not. */
function paperIn(file: string): OfficialPaper | string {
  if (!existsSync(file)) return `没有这个文件：${file}`;
  try {
    const read = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return read.success ? read.data : read.error.issues.map(({ path, message }) => `${path.join('.')}：${message}`).join('\n');
  } catch {
    return `${file} 不是 JSON 文件。`;
  }
}

function optionsOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { out: { type: 'string' }, kind: { type: 'string' } }, allowPositionals: true });
  } catch {
    return null;
  }
}
