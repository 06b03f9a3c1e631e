/** One thing wrong with a plan file that its shape alone does not show. */
export interface PlanFault {
  readonly path: readonly (string | number)[];
  /** Stable, for programs. */
  readonly code: string;
  /** One sentence for the clerk who wrote the file. */
  readonly zh: string;
}

/** A fault at every value that stands in the list a second time. */
export function repeats(
  path: readonly (string | number)[],
  values: readonly string[],
  key: string | null,
  what: string,
): readonly PlanFault[] {
  return values.flatMap((value, i) =>
    values.indexOf(value) < i
      ? [{ path: [...path, i, ...(key === null ? [] : [key])], code: 'duplicate_id', zh: `${what}重复：${value}` }]
      : [],
  );
}
