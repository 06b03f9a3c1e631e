/** Reading an office's YAML: every fault with file, line and a sentence; unknown keys are refused by the schemas. */
import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

export interface ConfigFault {
  readonly file: string;
  readonly line: number;
  readonly zh: string;
}

export type Parsed<T> =
  | { readonly is: 'ok'; readonly value: T; readonly source: string; readonly lineOf: (path: readonly PropertyKey[]) => number }
  | Faulty;
export type Faulty = { readonly is: 'faults'; readonly faults: readonly ConfigFault[] };

/** Reads and checks one file. A missing file is one fault at line 0. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): Parsed<z.infer<S>> {
  try {
    return parseYaml(file, readFileSync(file, 'utf8'), schema);
  } catch (cause) {
    return { is: 'faults', faults: [{ file, line: 0, zh: `读不到文件（${(cause as NodeJS.ErrnoException).code ?? '未知原因'}）` }] };
  }
}

/** Checks a text as if it stood in `file`. */
export function parseYaml<S extends z.ZodType>(file: string, source: string, schema: S): Parsed<z.infer<S>> {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0)
    return {
      is: 'faults',
      faults: document.errors.map((e) => ({
        file,
        line: lines.linePos(e.pos[0]).line,
        zh: `YAML 写法有误：${e.message.split('\n')[0] ?? ''}`,
      })),
    };
  const lineOf = (path: readonly PropertyKey[]): number => lineAt(document, lines, path);
  const checked = schema.safeParse(document.toJS());
  if (checked.success) return { is: 'ok', value: checked.data, source, lineOf };
  return { is: 'faults', faults: checked.error.issues.flatMap((issue) => faultsOf(file, issue, lineOf)) };
}

/** An unknown key is named at its own line, everything else where it stands. */
function faultsOf(file: string, issue: z.core.$ZodIssue, lineOf: (path: readonly PropertyKey[]) => number): readonly ConfigFault[] {
  if (issue.code !== 'unrecognized_keys') return [{ file, line: lineOf(issue.path), zh: `${issue.path.join('.')}：${issue.message}` }];
  return issue.keys.map((key) => ({
    file,
    line: lineOf([...issue.path, key]),
    zh: `${[...issue.path, key].join('.')}：没有这一项，请核对名称`,
  }));
}

/** Line of the deepest entry on the path that exists. */
function lineAt(document: ReturnType<typeof parseDocument>, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = document.getIn(path.slice(0, depth) as unknown[], true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
