/** Reading an office's YAML: every fault with file, line and a sentence; unknown keys are refused by the schemas. */
import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { shapeFaults } from './shapeFaults';

/** One thing wrong in one file. */
export interface ConfigFault {
  readonly file: string;
  /** From 1; 0 when the file itself is missing. */
  readonly line: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly zh: string;
}

/** A text read as YAML, not yet held against a schema. */
export interface Yaml {
  readonly data: unknown;
  readonly source: string;
  /** Line of an entry: of its key, or of the value in a list. An entry that is missing has the line of what it is missing from. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

export type Faulty = { readonly is: 'faults'; readonly faults: readonly ConfigFault[] };
/** A file that is sound, or everything that is wrong with it. */
export type Parsed<T> = { readonly is: 'ok'; readonly value: T; readonly source: string; readonly lineOf: Yaml['lineOf'] } | Faulty;

/** Reads and checks one file. A missing file is one fault at line 0. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): Parsed<z.infer<S>> {
  const text = readText(file);
  return text.is === 'faults' ? text : parseYaml(file, text.source, schema);
}

/** Checks a text as if it stood in `file`. */
export function parseYaml<S extends z.ZodType>(file: string, source: string, schema: S): Parsed<z.infer<S>> {
  const read = yamlOf(file, source);
  if (read.is === 'faults') return read;
  const { data, lineOf } = read.yaml;
  const checked = schema.safeParse(data);
  if (checked.success) return { is: 'ok', value: checked.data, source, lineOf };
  const faults = shapeFaults(checked.error.issues, data).map(({ path, code, zh }) => ({ file, line: lineOf(path), code, zh }));
  return { is: 'faults', faults };
}

/** The text of a file; unreadable is one fault at line 0. */
export function readText(file: string): { readonly is: 'ok'; readonly source: string } | Faulty {
  try {
    return { is: 'ok', source: readFileSync(file, 'utf8') };
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? '未知原因';
    return { is: 'faults', faults: [{ file, line: 0, code: 'unreadable', zh: `读不到文件（${why}）` }] };
  }
}

/** Text to data; a text that is no YAML gives its faults. */
export function yamlOf(file: string, source: string): { readonly is: 'ok'; readonly yaml: Yaml } | Faulty {
  const lines = new LineCounter();
  const at = (offset: number, zh: string): ConfigFault => ({
    file,
    line: lines.linePos(offset).line,
    code: 'yaml',
    zh: `YAML 写法有误：${zh}`,
  });
  const deep = tooDeepAt(source);
  if (deep >= 0) return { is: 'faults', faults: [{ file, line: source.slice(0, deep).split('\n').length, code: 'yaml', zh: '层次过深' }] };
  try {
    const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true });
    const broken = document.errors.map(({ pos: [offset], message }) => at(offset, message.split('\n')[0] ?? ''));
    const faults = broken.length > 0 ? broken : looseAliases(document).map((offset) => at(offset, LOOSE));
    if (faults.length > 0) return { is: 'faults', faults };
    return { is: 'ok', yaml: { data: document.toJS(), source, lineOf: (path) => lineAt(document, lines, path) } };
  } catch {
    // All that is left to go wrong: aliases that multiply each other.
    return { is: 'faults', faults: [at(0, '别名（*）层层引用，展开过多')] };
  }
}

const MOST_DEPTH = 100;

/** The reader goes down as deep as the text does, and some thousand levels end the whole process: brackets, marks in one line, indents. -1 where it is not so. */
function tooDeepAt(source: string): number {
  let open = 0;
  for (const { 0: sign, index } of source.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (sign === '[' || sign === '{' ? 1 : -1));
    if (open > MOST_DEPTH) return index;
  }
  return source.search(/^ {200}|^ *(?:[-?:][ \t]+){50}/m);
}

const LOOSE = '星号开头的文字是别名，前面没有同名的 &；就是文字的话请加引号';

/** Where an alias stands for nothing. */
function looseAliases(document: Document): readonly number[] {
  const found: number[] = [];
  visit(document, {
    Alias: (_, node) => {
      if (node.resolve(document) === undefined) found.push(node.range?.[0] ?? 0);
    },
  });
  return found;
}

/** Line of the deepest entry on the path that exists. */
function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const at = offsetOf(document, path.slice(0, depth));
    if (at !== null) return lines.linePos(at).line;
  }
  return 1;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | null {
  const parent = path.length === 0 ? null : document.getIn(path.slice(0, -1) as unknown[], true);
  const last = path.at(-1);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last)) : undefined;
  const node = pair === undefined ? document.getIn(path as unknown[], true) : pair.key;
  return isNode(node) && node.range ? node.range[0] : null;
}
