/** `fenghuo parse`: duty-group messages in, one line of fields each out, in the shape the labelled reports use. */
import { suggestAmong } from '../core/grading/suggest';
import { HOUR, type Instant } from '../core/instant';
import type { Rulebook } from '../core/plans/rulebook';
import type { Found, Lexicon, Reading, ReportFields } from '../core/report/fields';
import { readReport } from '../core/report/read';

/**
 * One JSON line for each non-empty line of `input`, in order. With `jsonl` a line is {"id","text","now"?}, else it is the message itself and its
 * id the line number. Times are given at +08:00, `now` stands in where a line has none. With `text` each line also tells how surely and by
 * which rule each field was read, and whether the message was cut. Throws on a line that is no such JSON, naming it.
 */
export function parseLines(input: string, form: 'jsonl' | 'text', now: Instant, lexicon: Lexicon, rules: readonly Rulebook[]): string {
  const lines = input
    .split('\n')
    .flatMap((line, i) =>
      line.trim() === '' ? [] : [form === 'jsonl' ? message(line, i + 1, now) : { id: String(i + 1), text: line, now }],
    );
  return lines.map((m) => `${JSON.stringify(predicted(m, lexicon, rules, form === 'text'))}\n`).join('');
}

interface Message {
  readonly id: string;
  readonly text: string;
  readonly now: Instant;
}

function message(line: string, number: number, now: Instant): Message {
  const value: unknown = json(line, number);
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string') {
    throw new Error(`第 ${number} 行应为 {"id","text","now"}，缺少 text`);
  }
  const id = 'id' in value ? String(value.id) : String(number);
  const told = 'now' in value && typeof value.now === 'string' ? Date.parse(value.now) : now;
  if (!Number.isFinite(told)) throw new Error(`第 ${number} 行的 now 不是时间`);
  return { id, text: value.text, now: told };
}

function json(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`第 ${number} 行不是 JSON`, { cause });
  }
}

/** The names the labelled reports give to the two plans. */
const PLAN_NAMES: Readonly<Record<string, string>> = { 'consumer-mass-event': 'consumer_mass', 'network-trade-incident': 'online_trading' };
const NO_PLAN = 'out_of_scope';

function predicted(m: Message, lexicon: Lexicon, rules: readonly Rulebook[], explained: boolean): object {
  const reading = readReport(m.text, m.now, lexicon);
  const line = { id: m.id, kind: reading.kind, fields: { ...plain(reading), ...suggested(m, reading, rules) } };
  return explained ? { ...line, found: grounds(reading), notes: reading.notes } : line;
}

function suggested(m: Message, reading: Reading, rules: readonly Rulebook[]): object {
  if (reading.kind !== 'report') return { plan: null, category: null, level: null };
  const s = suggestAmong(rules, m.text, reading);
  const plan = s.plan === null ? NO_PLAN : (PLAN_NAMES[s.plan] ?? s.plan);
  return { plan, category: s.category ?? NO_PLAN, level: s.rank };
}

/** How surely and by which rule or cue each field was read; of the measures, each. */
function grounds({ fields }: Reading): object {
  const how = ({ confidence, rule }: Found<unknown>): object => ({ confidence, rule });
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, found]: [string, ReportFields[keyof ReportFields]]) => {
      if (found === null) return [];
      return [[name, 'value' in found ? how(found) : found.map(how)]];
    }),
  );
}

function plain({ fields }: Reading): object {
  const occurred = fields.occurredAt?.value ?? null;
  return {
    occurredAt: occurred === null || occurred.at === null ? null : isoInChina(occurred.at),
    occurredAtPrecision: occurred?.precision ?? null,
    place: fields.place?.value ?? null,
    district: fields.district?.value ?? null,
    cause: fields.cause?.value ?? null,
    peopleInvolved: fields.peopleInvolved?.value ?? null,
    injured: fields.injured?.value ?? null,
    dead: fields.dead?.value ?? null,
    amountYuan: fields.amountYuan?.value ?? null,
    measures: fields.measures.map((found) => found.value),
    source: fields.source?.value ?? null,
    contactPhone: fields.contactPhone?.value ?? null,
  };
}

function isoInChina(at: Instant): string {
  return `${new Date(at + 8 * HOUR).toISOString().slice(0, 16)}+08:00`;
}
