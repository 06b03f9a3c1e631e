/** The source files as the architecture rules see them: what each one imports, and every node of its syntax with its line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { parseSync } from '@swc/core';

/** A node of the parser's tree; fields beyond the type are read with care. */
export type Node = Readonly<Record<string, unknown>> & { readonly type: string };

export interface Import {
  /** A file of ours from `src`, e.g. `core/instant.ts`, or a package as written, e.g. `luxon`, `node:fs`. */
  readonly to: string;
  readonly own: boolean;
  readonly line: number;
}

export interface Source {
  /** From `src`, with forward slashes, e.g. `core/instant.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Lines of imports whose target is no plain text and so cannot be judged. */
  readonly unreadable: readonly number[];
  readonly nodes: readonly Node[];
  lineOf(node: Node): number;
}

/** All TypeScript below a folder, parsed. */
export function sourcesBelow(folder: string): readonly Source[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return sourcesOf(Object.fromEntries(names.sort().map((name) => [name.split(sep).join('/'), readFileSync(join(folder, name), 'utf8')])));
}

/** The same from texts by path, for planted violations. */
export function sourcesOf(texts: Readonly<Record<string, string>>): readonly Source[] {
  const known = new Set(Object.keys(texts));
  return Object.entries(texts).map(([path, text]) => read(path, text, known));
}

/** The parser counts bytes over all texts of the process; an empty statement in front marks where this text begins. */
function read(path: string, text: string, known: ReadonlySet<string>): Source {
  const tree = parseSync(`;${text}`, { syntax: 'typescript', target: 'es2022' }) as unknown as Node;
  const begin = startOf(tree) + 1;
  const bytes = Buffer.from(text);
  const lineOf = (node: Node): number =>
    bytes
      .subarray(0, startOf(node) - begin)
      .toString('utf8')
      .split('\n').length;
  const nodes = [...nodesIn(tree)];
  const targets = nodes.flatMap((node) => targetsOf(node).map((target) => ({ target, line: lineOf(node) })));
  return {
    path,
    text,
    nodes,
    lineOf,
    imports: targets.flatMap(({ target, line }) => (target === null ? [] : [importOf(path, target, line, known)])),
    unreadable: targets.flatMap(({ target, line }) => (target === null ? [line] : [])),
  };
}

function* nodesIn(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') yield value as Node;
  for (const inner of Object.values(value)) yield* nodesIn(inner);
}

function startOf(node: Node): number {
  return (node.span as { start: number } | undefined)?.start ?? 0;
}

/** What a node imports: static, type-only, re-exported, dynamic or in a type; null where the target is computed. */
function targetsOf(node: Node): readonly (string | null)[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return [textOf(node.source)];
    case 'ExportNamedDeclaration':
      return node.source ? [textOf(node.source)] : [];
    case 'TsExternalModuleReference':
      return [textOf(node.expression)];
    case 'TsImportType':
      return [textOf(node.argument)];
    case 'CallExpression':
      return isLoading(node.callee as Node) ? [textOf((node.arguments as { expression: Node }[])[0]?.expression)] : [];
    default:
      return [];
  }
}

function isLoading(callee: Node): boolean {
  return callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require');
}

function textOf(node: unknown): string | null {
  const literal = node as Node | undefined;
  return literal?.type === 'StringLiteral' ? String(literal.value) : null;
}

function importOf(from: string, target: string, line: number, known: ReadonlySet<string>): Import {
  if (!target.startsWith('.')) return { to: target, own: false, line };
  const bare = posix.join(posix.dirname(from), target).replace(/\.js$/, '');
  return { to: [`${bare}.ts`, `${bare}/index.ts`].find((path) => known.has(path)) ?? `${bare}.ts`, own: true, line };
}
