/** Holds a value against the part of JSON Schema that the API's document uses; a word it does not know is a fault of the test. */

export type Schema = Readonly<Record<string, unknown>>;

const KNOWN = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'propertyNames', 'items', 'anyOf', 'enum', 'const', '$ref'],
  ...['minimum', 'maximum', 'pattern', 'format', 'description', 'examples', 'default', 'minLength', 'maxLength'],
]);

/** Everything that does not fit, each with its place; empty when it fits. */
export function faultsIn(schema: Schema, value: unknown, document: Schema, at = ''): readonly string[] {
  const unknown = Object.keys(schema).filter((word) => !KNOWN.has(word));
  if (unknown.length > 0) return [`${at}: the test does not know ${unknown.join(', ')}`];
  if (typeof schema.$ref === 'string') return faultsIn(resolved(document, schema.$ref), value, document, at);
  if (Array.isArray(schema.anyOf)) {
    const all = (schema.anyOf as Schema[]).map((one) => faultsIn(one, value, document, at));
    return all.some((faults) => faults.length === 0) ? [] : all.flat();
  }
  if (schema.enum !== undefined && !(schema.enum as unknown[]).includes(value))
    return [`${at}: ${JSON.stringify(value)} is none of ${String(schema.enum)}`];
  if (schema.const !== undefined && schema.const !== value) return [`${at}: not ${String(schema.const)}`];
  if (!isOf(schema.type, value)) return [`${at}: ${JSON.stringify(value)} is no ${String(schema.type)}`];
  if (Array.isArray(value)) return value.flatMap((item, i) => faultsIn((schema.items ?? {}) as Schema, item, document, `${at}/${i}`));
  if (typeof value === 'object' && value !== null) return faultsOf(schema, value as Record<string, unknown>, document, at);
  return boundsOf(schema, value, at);
}

function faultsOf(schema: Schema, value: Record<string, unknown>, document: Schema, at: string): readonly string[] {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const missing = ((schema.required ?? []) as string[]).filter((name) => !(name in value)).map((name) => `${at}/${name}: missing`);
  const wrong = Object.entries(value).flatMap(([name, inner]) => {
    const known = properties[name];
    if (known !== undefined) return faultsIn(known, inner, document, `${at}/${name}`);
    if (schema.additionalProperties === false) return [`${at}/${name}: not in the document`];
    return typeof schema.additionalProperties === 'object'
      ? faultsIn(schema.additionalProperties as Schema, inner, document, `${at}/${name}`)
      : [];
  });
  return [...missing, ...wrong];
}

function boundsOf(schema: Schema, value: unknown, at: string): readonly string[] {
  if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern).test(String(value)))
    return [`${at}: does not match ${schema.pattern}`];
  if (value === null) return [];
  if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+08:00$/.test(String(value)))
    return [`${at}: ${String(value)} is no moment`];
  if (typeof schema.minimum === 'number' && Number(value) < schema.minimum) return [`${at}: below ${schema.minimum}`];
  if (typeof schema.maximum === 'number' && Number(value) > schema.maximum) return [`${at}: above ${schema.maximum}`];
  return [];
}

function isOf(type: unknown, value: unknown): boolean {
  if (type === undefined) return true;
  if (Array.isArray(type)) return type.some((one) => isOf(one, value));
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function resolved(document: Schema, ref: string): Schema {
  const found = ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
  return found as Schema;
}
