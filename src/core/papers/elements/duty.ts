/** Elements of the duty room's own papers: log, hand-over sheet, zero report, roll call of the shift. */
import { DID_ZH, DUTY_DID_ZH } from '../../duty/didZh';
import type { DutyEvent, DutyEventOf, HandoverSheet, Obligation } from '../../duty/events';
import { seated, specialNow, waiting } from '../../duty/state';
import type { Recorded } from '../../incident/events';
import { directivesInOrder } from '../../incident/numbered';
import { type DutyBrief, type Filled, type Filler, NOTHING } from '../brief';
import type { Line } from '../draft';
import { owedPart } from '../names';
import {
  dayZh,
  drafted,
  fullMinuteZh,
  joint,
  listed,
  listOf,
  minuteZh,
  names,
  numberOf,
  person,
  quoted,
  quotedByName,
  say,
  told,
  toldOf,
} from '../parts';

/** Fillers of this theme, by the name data use. */
export const DUTY: Readonly<Record<string, Filler<DutyBrief>>> = {
  duty_date: (brief) => [[told(brief, opening(brief), dayZh(brief.record.state.openedAt))]],
  shift,
  duty_leaders: (brief) => seats(brief, 'duty_leader'),
  duty_officers: (brief) => seats(brief, 'duty_officer'),
  log_entries: logEntries,
  special_matters: specialMatters,
  handed_out: (brief) => peopleOf(brief, seated(brief.record.state.seats, 'duty_officer')),
  handed_in: (brief) => peopleOf(brief, seated(brief.record.state.sheet?.to ?? [], 'duty_officer')),
  open_incidents: openIncidents,
  open_calls: openCalls,
  pending_directives: pendingDirectives,
  documents_keys: (brief) => sheetItem(brief, 'documents'),
  equipment: (brief) => sheetItem(brief, 'equipment'),
  handover_notes: (brief) => sheetItem(brief, 'notes'),
  confirmed_out: (brief) => confirmed(brief, 'handedOver', 'HandedOver'),
  confirmed_in: (brief) => confirmed(brief, 'closed', 'TakenOver'),
  special_period: specialPeriod,
  zero_reports: zeroReports,
  zero_silent: zeroSilent,
  zero_text: zeroText,
  roll_call: rollCall,
  drafted_at: (brief) => [[drafted(brief, fullMinuteZh)]],
};

type Told<T extends DutyEvent['type']> = Recorded<DutyEventOf<T>>;

function all<T extends DutyEvent['type']>({ record }: DutyBrief, type: T): readonly Told<T>[] {
  return record.events.filter((recorded): recorded is Told<T> => recorded.event.type === type);
}

function shift(brief: DutyBrief): Filled {
  const { n, openedAt, until, closed } = brief.record.state;
  const end = closed?.at ?? until;
  const begun = opening(brief);
  const ended = all(brief, 'TakenOver').at(-1)?.version ?? begun;
  return [
    say`第${told(brief, begun, `${n}`)}班，${told(brief, begun, fullMinuteZh(openedAt))}起${end === null ? null : say`，至${told(brief, closed === null ? begun : ended, minuteZh(end))}`}`,
  ];
}

/** The event with which the shift was opened; of the first shift the desk stood before it. */
function opening(brief: DutyBrief): number {
  return all(brief, 'ShiftOpened')[0]?.version ?? 1;
}

function seats(brief: DutyBrief, role: 'duty_leader' | 'duty_officer'): Filled {
  return peopleOf(brief, seated(brief.record.state.seats, role));
}

function peopleOf(brief: DutyBrief, ids: readonly string[]): Filled {
  return ids.length === 0 ? NOTHING : [listOf(ids.map((id) => [person(brief, id)]))];
}

type Entry = { readonly at: number; readonly row: readonly Line[] };

/** Entries by hand, acts on the shift and acts in incidents, in one order. */
function logEntries(brief: DutyBrief): Filled {
  const own = brief.record.events.flatMap((recorded): Entry[] => {
    const row = ownRow(brief, recorded);
    return row === null ? [] : [{ at: recorded.at, row }];
  });
  const acts = brief.record.acts.flatMap(({ n, recorded: { version, at, event } }): Entry[] => {
    if (!('by' in event) || event.by === null) return [];
    const row = [[toldOf(n, version, minuteZh(at))], names(brief, [event.by]), [numberOf(n)], [toldOf(n, version, DID_ZH[event.type])]];
    return [{ at, row }];
  });
  const rows = [...own, ...acts].sort((a, b) => a.at - b.at).map(({ row }) => row);
  return rows.length === 0 ? NOTHING : { columns: ['时间', '记录人', '事件', '事项'], rows };
}

function ownRow(brief: DutyBrief, { version, at, event }: Recorded<DutyEvent>): readonly Line[] | null {
  if (!('by' in event)) return null;
  const isEntry = event.type === 'LogWritten';
  const words = isEntry ? quotedByName(brief, version, event.text) : told(brief, version, DUTY_DID_ZH[event.type]);
  const about = isEntry && event.incident !== null ? [numberOf(event.incident)] : [];
  const corrects = isEntry && event.corrects !== null ? say`（更正第${told(brief, version, `${event.corrects}`)}条）` : [];
  return [[told(brief, version, minuteZh(at))], names(brief, [event.by]), about, [...(words === null ? [] : [words]), ...corrects]];
}

function specialMatters(brief: DutyBrief): Filled {
  const special = all(brief, 'SpecialPeriodStarted').map(
    ({ version, at, event }) => say`${told(brief, version, minuteZh(at))}进入特殊时期：${quoted(brief, version, event.special.title)}`,
  );
  const standIns = all(brief, 'OnDutyStoodIn').map(
    ({ version, event }) =>
      say`${told(brief, version, minuteZh(event.from))}起${names(brief, [event.person])}顶${names(brief, [event.absent])}的班`,
  );
  const swaps = all(brief, 'SwapApproved').map(
    ({ version, at, event }) =>
      say`${told(brief, version, minuteZh(at))}批准${names(brief, [event.swap.proposer])}与${names(brief, [event.swap.other])}换班`,
  );
  return [...special, ...standIns, ...swaps];
}

/** The list both sides confirm: what was fixed in the sheet, and no other. */
function sheetOf(brief: DutyBrief): { readonly version: number; readonly sheet: HandoverSheet } | null {
  const made = all(brief, 'HandoverPrepared').at(-1);
  return made === undefined ? null : { version: made.version, sheet: made.event.sheet };
}

/** Each running incident with the next thing owed in it. */
function openIncidents(brief: DutyBrief): Filled {
  const made = sheetOf(brief);
  if (made === null || made.sheet.obligations.length === 0) return NOTHING;
  const rows = [...firstOfEach(made.sheet.obligations)].map(([n, owed]): readonly Line[] => [
    [numberOf(n)],
    [owedPart(brief, owed.kind)],
    [told(brief, made.version, minuteZh(owed.dueAt))],
    names(brief, owed.people),
    [told(brief, made.version, `${made.sheet.obligations.filter((one) => one.n === n).length}`)],
  ]);
  return { columns: ['事件', '下一项', '应于', '责任人', '未办项数'], rows };
}

function firstOfEach(obligations: readonly Obligation[]): ReadonlyMap<number, Obligation> {
  const first = new Map<number, Obligation>();
  for (const owed of obligations) if (owed.dueAt < (first.get(owed.n)?.dueAt ?? Number.POSITIVE_INFINITY)) first.set(owed.n, owed);
  return first;
}

const ASK_ZH = { sign_in: '签到', roll_call: '查岗', swap: '换班' } as const;

/** Asks nobody has answered, of the shift and of the incidents it hands over. */
function openCalls(brief: DutyBrief): Filled {
  const own = waiting(brief.record.state).map(
    (ask): Line => say`${names(brief, [ask.person])}未答复${joint(ASK_ZH[ask.kind])}（${told(brief, ask.version, minuteZh(ask.askedAt))}）`,
  );
  const incidents = brief.record.incidents.flatMap(({ state }) =>
    Object.values(state.asks)
      .filter((ask) => ask.answer === null && ask.stoodDownAt === null)
      .map(
        (ask): Line =>
          say`事件${numberOf(state.n)}：${names(brief, [ask.person])}未答复（${toldOf(state.n, ask.version, minuteZh(ask.askedAt))}）`,
      ),
  );
  return [...own, ...incidents];
}

function pendingDirectives(brief: DutyBrief): Filled {
  return brief.record.incidents.flatMap(({ state }) =>
    directivesInOrder(state)
      .filter(({ answeredAt }) => answeredAt === null)
      .map((one): Line => {
        const words = quoted(brief, one.version, one.words);
        const text = words === null ? [] : [toldOf(state.n, one.version, words.text)];
        return say`事件${numberOf(state.n)}：${person(brief, one.leader)}批示“${text}”，未反馈`;
      }),
  );
}

function sheetItem(brief: DutyBrief, item: 'documents' | 'equipment' | 'notes'): Filled {
  const made = sheetOf(brief);
  const words = made === null ? null : quotedByName(brief, made.version, made.sheet[item]);
  return words === null ? NOTHING : [[words]];
}

function confirmed(brief: DutyBrief, side: 'handedOver' | 'closed', type: 'HandedOver' | 'TakenOver'): Filled {
  const done = brief.record.state[side];
  const event = all(brief, type).at(-1);
  return done === null || event === undefined
    ? NOTHING
    : [say`${names(brief, [done.by])}，${told(brief, event.version, fullMinuteZh(done.at))}`];
}

function specialPeriod(brief: DutyBrief): Filled {
  const { state } = brief.record;
  const special = specialNow(state, brief.ctx.now);
  const begun = all(brief, 'SpecialPeriodStarted').at(-1);
  const version = begun?.version ?? 1;
  const words = special === null ? null : quoted(brief, version, special.title);
  return words === null ? NOTHING : [[words]];
}

/** Counties that reported, each with its minute and words; 无 is what a county without any matter reports. */
function zeroReports(brief: DutyBrief): Filled {
  const reports = all(brief, 'ZeroReported').filter(({ event }) => event.county !== null);
  const rows = reports.map(({ version, at, event }): readonly Line[] => {
    const words = quoted(brief, version, event.text);
    return [countyLine(brief, event.county), [told(brief, version, minuteZh(at))], words === null ? none(brief) : [words]];
  });
  return rows.length === 0 ? NOTHING : { columns: ['单位', '时间', '情况'], rows };
}

function none({ ctx }: DutyBrief): Line {
  return [{ text: ctx.wording.none, from: { is: 'none' } }];
}

function countyLine({ ctx }: DutyBrief, id: string | null): Line {
  const name = ctx.roster.counties.find((county) => county.id === id)?.names[0];
  return name === undefined ? [] : [listed(name)];
}

/** Counties of the period that have not reported by now. */
function zeroSilent(brief: DutyBrief): Filled {
  const desks = specialNow(brief.record.state, brief.ctx.now)?.desks ?? [];
  const heard = new Set(all(brief, 'ZeroReported').flatMap(({ event }) => event.county ?? []));
  const silent = desks.filter(({ county }) => !heard.has(county));
  return silent.length === 0 ? NOTHING : [listOf(silent.map(({ county }) => countyLine(brief, county)))];
}

/** The office's own report upward. */
function zeroText(brief: DutyBrief): Filled {
  const own = all(brief, 'ZeroReported').findLast(({ event }) => event.county === null);
  const words = own === undefined ? null : quoted(brief, own.version, own.event.text);
  return words === null ? NOTHING : [[words]];
}

/** 查岗 of the shift: who was called and when each answered. */
function rollCall(brief: DutyBrief): Filled {
  const asks = Object.values(brief.record.state.asks).filter(({ kind }) => kind === 'roll_call');
  const rows = asks.map((ask): readonly Line[] => {
    const answered = all(brief, 'RollAnswered').find(({ event }) => event.asks.includes(ask.id));
    return [
      [person(brief, ask.person)],
      [told(brief, ask.version, minuteZh(ask.askedAt))],
      answered === undefined ? [joint('未应答')] : [told(brief, answered.version, minuteZh(answered.at))],
      ask.standInFor === null ? [] : say`替${names(brief, [ask.standInFor])}`,
    ];
  });
  return rows.length === 0 ? NOTHING : { columns: ['姓名职务', '点名', '答复', '备注'], rows };
}
