/** What is wrong with the shape of a file, in sentences for the clerk who wrote it. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** A fault by the path of its entry, not yet placed in a file. */
export interface ShapeFault {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly zh: string;
}

/** One fault for each thing wrong: an unknown key is named at its own place, a missing one at what it is missing from. */
export function shapeFaults(issues: readonly Issue[], data: unknown): readonly ShapeFault[] {
  return issues.flatMap((issue) => faultsOf(issue, data));
}

function faultsOf(issue: Issue, data: unknown): readonly ShapeFault[] {
  const { path } = issue;
  const where = path.join('.');
  const fault = (code: string, zh: string): readonly ShapeFault[] => [{ path, code, zh: where === '' ? zh : `${where}：${zh}` }];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      code: 'unknown_key',
      zh: `${[...path, key].join('.')}：没有这一项，请核对名称`,
    }));
  if (path.length > 0 && valueAt(data, path) === undefined)
    return path.at(-1) === 'clause' ? fault('clause_missing', '没有写明出自预案的哪一款') : fault('missing', '缺少这一项');
  return fault(CODES[issue.code] ?? 'wrong_value', said(issue, data));
}

const CODES: Readonly<Record<string, string>> = { invalid_type: 'wrong_type', too_small: 'too_small', too_big: 'too_big' };

const TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '一组项目',
  record: '一组项目',
};

function said(issue: Issue, data: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `应为${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `应为以下之一：${issue.values.map(String).join('、')}`;
    case 'too_small':
      return issue.origin === 'number' ? `不能小于 ${issue.minimum}` : issue.origin === 'array' ? `至少写 ${issue.minimum} 项` : '不能为空';
    case 'too_big':
      return `不能大于 ${issue.maximum}`;
    case 'invalid_format':
      return `写法不对：${String(valueAt(data, issue.path))}（${issue.format === 'regex' ? `应符合 ${issue.pattern}` : issue.format}）`;
    case 'invalid_union':
      return '不是允许的几种写法之一';
    default:
      return `写法不对（${issue.message}）`;
  }
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    data,
  );
}
