/** Lets the faults of meaning be found beside those of shape: a broken file is made whole for the look, never for use. */
import { z } from 'zod';

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

type Path = readonly PropertyKey[];

/** A file made whole. */
export interface Mended<T> {
  readonly value: T;
  /** Places that were filled; what is found there says nothing. */
  readonly at: readonly Path[];
}

/** The nearest whole thing to `data`: unknown keys dropped, broken entries replaced by neutral ones. Null when it stays broken. */
export function mended<S extends z.ZodType>(schema: S, data: unknown): Mended<z.infer<S>> | null {
  const shape = z.toJSONSchema(schema, { io: 'input' }) as Shape;
  const copy = structuredClone(data);
  const at: Path[] = [];
  for (let round = 0; round < 8; round++) {
    const checked = schema.safeParse(copy);
    if (checked.success) return { value: checked.data, at };
    for (const issue of checked.error.issues) {
      if (issue.code !== 'unrecognized_keys') at.push(issue.path);
      if (issue.path.length === 0 && issue.code !== 'unrecognized_keys') return null;
      mendOne(copy, issue, shape);
    }
  }
  return null;
}

function mendOne(data: unknown, issue: z.core.$ZodIssue, shape: Shape): void {
  if (issue.code === 'unrecognized_keys') {
    const owner = at(data, issue.path);
    for (const key of issue.keys) delete owner?.[key];
    return;
  }
  const owner = at(data, issue.path.slice(0, -1));
  const key = issue.path.at(-1);
  if (owner !== undefined && key !== undefined) owner[key] = neutral(shapeAt(shape, issue.path));
}

function at(data: unknown, path: Path): Record<PropertyKey, unknown> | undefined {
  const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], data);
  return typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>) : undefined;
}

function shapeAt(shape: Shape, path: Path): Shape {
  return path.reduce<Shape>((here, key) => {
    const inside = [here, ...(here.anyOf ?? []), ...(here.oneOf ?? [])];
    const found = inside.flatMap((s) => (typeof key === 'number' ? (s.items ?? []) : (s.properties?.[String(key)] ?? open(s))))[0];
    return found ?? {};
  }, shape);
}

function open({ additionalProperties }: Shape): Shape | readonly Shape[] {
  return typeof additionalProperties === 'object' ? additionalProperties : [];
}

function neutral(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  const either = shape.anyOf?.[0] ?? shape.oneOf?.[0];
  if (either !== undefined) return neutral(either);
  switch (shape.type) {
    case 'object':
      return Object.fromEntries((shape.required ?? []).map((key) => [key, neutral(shape.properties?.[key] ?? {})]));
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => neutral(shape.items ?? {}));
    case 'integer':
    case 'number':
      return shape.minimum ?? 1;
    case 'boolean':
      return false;
    default:
      return 'unspecified';
  }
}
