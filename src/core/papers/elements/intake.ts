/** Elements of what was heard: when, from whom, when and where it happened, what, why. */

import { categoryOf } from '../../plans/rulebook';
import type { Occurrence, Source } from '../../report/fields';
import { eventsOf, type Filled, type Filler, type IncidentBrief, NOTHING, newestOf } from '../brief';
import type { Line, Part } from '../draft';
import { fieldTold } from '../figures';
import {
  fullMinuteZh,
  hourZh,
  joint,
  listed,
  listOf,
  masked,
  minuteZh,
  numberOf,
  person,
  phoneOf,
  plan,
  quoted,
  say,
  told,
} from '../parts';

/** Fillers of this theme, by the name data use. */
export const INTAKE: Readonly<Record<string, Filler<IncidentBrief>>> = {
  received_at: receivedAt,
  source,
  occurred_at: occurredAt,
  place,
  category,
  course,
  cause,
  verification,
  site_contact: siteContact,
  leaders_on_spot: leadersOnSpot,
  incident_number: ({ record }) => [[numberOf(record.state.n)]],
};

/** The earliest of all joined reports counts. */
function receivedAt(brief: IncidentBrief): Filled {
  return [[receivedPart(brief, fullMinuteZh)]];
}

/** When the first of all joined reports came in, with the event that tells it. */
export function receivedPart(brief: IncidentBrief, show: (at: number) => string): Part {
  const { receivedAt: at } = brief.record.state;
  const joined = newestOf(brief.record, 'IncidentAbsorbed', (event) => event.receivedAt === at);
  return told(brief, joined?.version ?? 1, show(at));
}

const SOURCE_ZH: Readonly<Record<Source, string>> = {
  leader_instruction: '领导批示',
  transferred: '部门转办',
  hotline: '投诉举报热线',
  walk_in: '群众来访',
  media: '媒体报道',
  public_opinion: '网络舆情',
  monitoring: '巡查监测',
  other: '其他途径',
};

/** As the report says; else the system, the county or the person it came from. Who informed the office from outside is never named. */
function source(brief: IncidentBrief): Filled {
  const { record } = brief;
  const field = fieldTold(record, 'source');
  if (field !== null) return [say`${told(brief, field.version, SOURCE_ZH[field.found.value])}`];
  const { via, reportedBy, reportedRoom } = record.state;
  if (via !== undefined)
    return [say`${told(brief, 1, via.source)}${via.ref === null ? null : say`（对方编号${told(brief, 1, via.ref)}）`}`];
  const county = countyOfRoom(brief, reportedRoom);
  if (county !== null) return [say`${county}市场监管部门报告`];
  return reportedBy === null || record.state.unverified ? NOTHING : [say`${person(brief, reportedBy)}登记`];
}

function countyOfRoom({ ctx }: IncidentBrief, room: string | null): Part | null {
  const county = room === null ? null : (ctx.roster.rooms.get(room)?.county ?? null);
  const name = ctx.roster.counties.find(({ id }) => id === county)?.names[0];
  return name === undefined ? null : listed(name);
}

function occurredAt(brief: IncidentBrief): Filled {
  const field = fieldTold(brief.record, 'occurredAt');
  const text = field === null ? null : (occurrenceZh(field.found.value) ?? wordsAt(brief, field));
  return field === null || text === null ? NOTHING : [say`${told(brief, field.version, text)}`];
}

/** As exactly as it was told; null where only words tell it (近日). */
export function occurrenceZh({ at, precision }: Occurrence): string | null {
  if (at === null || precision === 'vague') return null;
  if (precision === 'minute') return minuteZh(at);
  const hour = hourZh(at);
  return precision === 'hour' ? hour : hour.slice(0, hour.indexOf('日') + 1);
}

/** The words a field was read from. */
function wordsAt(brief: IncidentBrief, field: NonNullable<ReturnType<typeof fieldTold>>): string | null {
  const source = brief.ctx.texts.get(field.text);
  const found = field.found as { readonly spans: readonly { readonly start: number; readonly end: number }[] };
  const words = source === undefined ? '' : found.spans.map(({ start, end }) => source.slice(start, end)).join('');
  return words === '' ? null : masked(brief, words);
}

function place(brief: IncidentBrief): Filled {
  const { record } = brief;
  const field = fieldTold(record, 'place');
  const county = countyPart(brief);
  if (field === null)
    return county === null ? NOTHING : [say`${county}（具体地点${{ text: brief.ctx.wording.unknown, from: { is: 'unknown' } }}）`];
  const text = masked(brief, field.found.value);
  const named = county !== null && text.includes(county.text);
  return [say`${named ? null : county}${told(brief, field.version, text)}`];
}

/** The county by its full name; null where none is known. */
export function countyPart({ ctx, record }: IncidentBrief): Part | null {
  const name = ctx.roster.counties.find(({ id }) => id === record.state.county)?.names[0];
  return name === undefined ? null : listed(name);
}

/** Decided by a person, or proposed by the program and said so. */
function category(brief: IncidentBrief): Filled {
  const { record, ctx } = brief;
  const assessed = newestOf(record, 'AssessmentProposed', (e) => e.category !== null);
  const decided = categoryOf(ctx.rules, assessed?.event.category ?? null);
  if (assessed !== null && decided !== null) return [say`${plan(decided.zh)}（${told(brief, assessed.version, '研判')}）`];
  const proposed = categoryOf(ctx.rules, record.state.suggestion.category);
  return proposed === null ? NOTHING : [say`${plan(proposed.zh)}（初步判断，待研判）`];
}

/** In the words of those who reported, without the sentences that only say whom to ring: the paper has a place for that. */
function course(brief: IncidentBrief): Filled {
  const report = eventsOf(brief.record, 'IncidentReported');
  const more = eventsOf(brief.record, 'IncidentSupplemented');
  const texts = [...report, ...more].flatMap(({ version, event }): Line[] => {
    const words = quoted(brief, version, event.text);
    return words === null ? [] : [[{ ...words, text: withoutNumbers(words.text) }]];
  });
  return texts.length === 0 ? NOTHING : [listOf(texts, '；')];
}

function withoutNumbers(text: string): string {
  const sentences = text.split(/(?<=[。；！？])/);
  const kept = sentences.filter((sentence) => !sentence.includes('****')).join('');
  return (kept === '' ? text : kept).replace(/[。；]$/, '');
}

/** What was concluded, else what the report says of it. */
function cause(brief: IncidentBrief): Filled {
  const field = fieldTold(brief.record, 'cause');
  return field === null ? NOTHING : [say`${told(brief, field.version, masked(brief, field.found.value))}`];
}

const OUTCOME = { confirmed: '经核实属实', refuted: '经核实不属实' } as const;

function verification(brief: IncidentBrief): Filled {
  const found = newestOf(brief.record, 'FactsVerified');
  if (found === null) return NOTHING;
  const words = quoted(brief, found.version, found.event.text);
  return [say`${told(brief, found.version, minuteZh(found.at))}${told(brief, found.version, OUTCOME[found.event.outcome])}：${words}`];
}

/** Whoever arrived last, else the head of the county who was asked first, else the number the report gave. */
function siteContact(brief: IncidentBrief): Filled {
  const arrived = newestOf(brief.record, 'ProgressReported', (e) => e.step === 'arrived');
  const asked = Object.values(brief.record.state.asks).find(({ kind }) => kind === 'prior_handling');
  const who = arrived?.event.by ?? asked?.person ?? null;
  if (who !== null) {
    const phone = phoneOf(brief, who);
    return [[person(brief, who), ...(phone === null ? [] : [joint('，电话'), phone])]];
  }
  const told_ = fieldTold(brief.record, 'contactPhone');
  return told_ === null ? NOTHING : [say`电话${told(brief, told_.version, masked(brief, told_.found.value))}`];
}

function leadersOnSpot(brief: IncidentBrief): Filled {
  const seen = new Set<string>();
  const arrivals = eventsOf(brief.record, 'ProgressReported').filter(({ event }) => {
    if (event.step !== 'arrived' || seen.has(event.by)) return false;
    seen.add(event.by);
    return true;
  });
  const lines = arrivals.map(({ version, at, event }) => say`${person(brief, event.by)}${told(brief, version, minuteZh(at))}到场`);
  return lines.length === 0 ? NOTHING : [listOf(lines)];
}
