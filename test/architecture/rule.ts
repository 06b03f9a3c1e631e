/** What a rule of the architecture is, and how it is held against a list of files. */
import type { Source } from './source';

export interface Fault {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** A place that breaks the rule for a stated reason. One that is no longer needed is a fault itself. */
export interface Exception {
  readonly path: string;
  readonly what: string;
  readonly why: string;
}

export interface Rule {
  /** A sentence that is true of the tree. */
  readonly title: string;
  /** The files it looks at. A rule that finds none guards nothing and fails. */
  readonly guards: (path: string) => boolean;
  readonly find: (guarded: readonly Source[], all: readonly Source[]) => readonly Fault[];
  readonly except?: readonly Exception[];
  /** Small trees, files by path, each of which breaks it: the proof that it can fail. */
  readonly planted: readonly Readonly<Record<string, string>>[];
}

/** Everything that speaks against the rule, as `path:line what`; exceptions are not applied. */
export function violations(rule: Rule, all: readonly Source[]): readonly string[] {
  return faultsOf(rule, all).map(written);
}

/** What remains after the exceptions, and exceptions that nothing needs any more. */
export function standing(rule: Rule, all: readonly Source[]): readonly string[] {
  const faults = faultsOf(rule, all);
  const except = rule.except ?? [];
  const covers = (e: Exception, f: Fault): boolean => e.path === f.path && e.what === f.what;
  return [
    ...faults.filter((f) => !except.some((e) => covers(e, f))).map(written),
    ...except.filter((e) => !faults.some((f) => covers(e, f))).map((e) => `${e.path} no longer needs its exception for ${e.what}`),
  ];
}

/** A rule over single files. */
export function inEach(find: (file: Source) => readonly Omit<Fault, 'path'>[]): Rule['find'] {
  return (guarded) => guarded.flatMap((file) => find(file).map((fault) => ({ ...fault, path: file.path })));
}

function faultsOf(rule: Rule, all: readonly Source[]): readonly Fault[] {
  const guarded = all.filter(({ path }) => rule.guards(path));
  return guarded.length === 0 ? [{ path: '', line: 0, what: 'the rule guards no file' }] : rule.find(guarded, all);
}

function written({ path, line, what }: Fault): string {
  return `${path}:${line} ${what}`;
}
