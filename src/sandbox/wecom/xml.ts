/** The XML of app callbacks, written with CDATA as in the published samples. */

/** A value of an element: text goes into CDATA, numbers stand plain, lists repeat their element. */
export type XmlValue = string | number | bigint | XmlFields | readonly XmlFields[] | readonly string[];
/** Elements by name, in order; undefined ones are left out. */
export interface XmlFields {
  readonly [name: string]: XmlValue | undefined;
}

/** `<name><![CDATA[value]]></name>`, safe for a value that contains the end mark. */
export function element(name: string, value: string): string {
  return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}

/** The text of `<xml>` with these elements. */
export function xmlOf(fields: XmlFields): string {
  return `<xml>${inner(fields)}</xml>`;
}

function inner(fields: XmlFields): string {
  return Object.entries(fields)
    .map(([name, value]) => (value === undefined ? '' : one(name, value)))
    .join('');
}

function one(name: string, value: XmlValue): string {
  if (typeof value === 'string') return element(name, value);
  if (typeof value === 'number' || typeof value === 'bigint') return `<${name}>${value}</${name}>`;
  if (isList(value)) return value.map((entry: string | XmlFields) => one(name, entry)).join('');
  return `<${name}>${inner(value)}</${name}>`;
}

function isList(value: XmlValue): value is readonly XmlFields[] | readonly string[] {
  return Array.isArray(value);
}

/** Elements from plain JSON: texts, numbers, objects and lists of them; anything else is left out. */
export function xmlFieldsOf(json: Readonly<Record<string, unknown>>): XmlFields {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, xmlValueOf(value)]));
}

function xmlValueOf(value: unknown): XmlValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string') ? value : value.map((entry) => xmlFieldsOf(entry));
  return typeof value === 'object' && value !== null ? xmlFieldsOf(value as Record<string, unknown>) : undefined;
}
