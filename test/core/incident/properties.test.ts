/** What holds for every incident under every plan, whatever people and clocks do. `PROPERTY_RUNS=5000` lives more of them. */
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import type { Deadline } from '../../../src/core/deadlines/deadline';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import { decide } from '../../../src/core/incident/decide';
import type { IncidentEvent, Recorded } from '../../../src/core/incident/events';
import { evolve } from '../../../src/core/incident/evolve';
import { type AskState, hasEnded, type IncidentState, openAsks } from '../../../src/core/incident/state';
import { upcast } from '../../../src/core/incident/upcast';
import { DAY } from '../../../src/core/instant';
import { notices } from '../../../src/core/notices/notices';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import { ring } from '../builders';
import { line } from '../notices/intents';
import { always, met } from './always';
import { ACCEPTED, EVENTS, STATUSES } from './everything';
import { SCENES } from './lives';

test('随机走法走得到每一种状态、每一种事件，每一种命令都有办成的', () => {
  expect([...STATUSES].filter((status) => !met.statuses.has(status))).toEqual([]);
  expect([...EVENTS].filter((type) => !met.events.has(type))).toEqual([]);
  expect([...ACCEPTED].filter((type) => !met.accepted.has(type))).toEqual([]);
});

always('受理的必有事件，唯一例外是没有人欠的提醒；同一事项一次只记一遍', ({ moments }) => {
  for (const { envelope, decision } of moments) {
    if (decision.is !== 'events') continue;
    if (decision.events.length === 0) expect(['RingDeadlines', 'ReportUnreached']).toContain(envelope.command.type);
    const twice = decision.events.map((e) =>
      'key' in e ? `${e.type} ${e.key}` : e.type === 'PaperReassigned' ? `${e.type} ${e.id}` : e.type,
    );
    expect(new Set(twice).size).toBe(twice.length);
  }
});

always('同样的情形同样的命令，答复总是一样', ({ scene, moments }) => {
  for (const { before, envelope, decision } of moments) expect(isDeepStrictEqual(decide(scene, before, envelope), decision)).toBe(true);
});

always('等确认的什么也不改，输入确认码就办成；不等确认的，有没有确认码都一样', ({ scene, moments }) => {
  for (const { before, envelope, decision } of moments) {
    const { command } = envelope;
    if (!('confirmed' in command)) expect([command.type, decision.is]).not.toEqual([command.type, 'confirm']);
    else {
      const other = decide(scene, before, { ...envelope, command: { ...command, confirmed: !command.confirmed } });
      const [without, withCode] = command.confirmed ? [other, decision] : [decision, other];
      if (withCode.is === 'events') expect(without.is).toBe('confirm');
      else expect(isDeepStrictEqual(without, withCode)).toBe(true);
    }
  }
});

always('序号不断；点名、任务、批示、工作记录、级别都指得回记下它的那一件事', ({ history, state }) => {
  expect(history.map((r) => r.version)).toEqual(history.map((_, i) => i + 1));
  if (state === null) return;
  const eventOf = (version: number): IncidentEvent | undefined => history[version - 1]?.event;
  const asked = Object.values(state.asks).filter(({ id, version }) => !askedBy(eventOf(version)).includes(id));
  const tasks = Object.values(state.tasks).filter(({ version }) => eventOf(version)?.type !== 'TasksGiven');
  const directives = Object.values(state.directives).filter(({ version }) => eventOf(version)?.type !== 'DirectiveReceived');
  const approvals = Object.values(state.approvals).filter(({ version }) => eventOf(version)?.type !== 'OralApprovalRecorded');
  const records = Object.values(state.records).filter(({ version }) => eventOf(version)?.type !== 'RecordOpened');
  const levels = state.levels.filter(({ version }) => !/^Level(Set|Changed|Confirmed)$/.test(eventOf(version)?.type ?? ''));
  expect([...asked, ...tasks, ...directives, ...approvals, ...records, ...levels]).toEqual([]);
});

function askedBy(event: IncidentEvent | undefined): readonly string[] {
  return event !== undefined && 'asked' in event ? event.asked.map((ask) => ask.id) : [];
}

/** Of so many moments of a life one is compared with what is read back, and the last. */
const EVERY = 2;

always('从库里读回事件重放，状态和时限都与当时一致', ({ scene, moments }) => {
  let replayed: IncidentState | null = null;
  for (const [i, { recorded, after, rows }] of moments.entries()) {
    for (const r of JSON.parse(JSON.stringify(recorded)) as typeof recorded) replayed = evolve(replayed, r);
    if (replayed === null || after === null || (i % EVERY !== 0 && i < moments.length - 1)) continue;
    expect([isDeepStrictEqual(replayed, after), isDeepStrictEqual(afresh(scene.rules, replayed), rows)]).toEqual([true, true]);
  }
});

/** The same rules as others: nothing is remembered from one to the other. */
const OTHERS = new Map(SCENES.map(({ rules }) => [rules, { ...rules }]));

/** Reckoned without anything remembered of the state before. */
function afresh(rules: Rulebook, state: IncidentState): readonly Deadline[] {
  const rows = deadlines(OTHERS.get(rules) ?? rules, state);
  deadlines(rules, state);
  return rows;
}

always('记下的事件程序都认得，读回来一字不差', ({ history }) => {
  const strange = history.filter(({ event }) => !isDeepStrictEqual(upcast(JSON.parse(JSON.stringify(event))), event));
  expect(strange).toEqual([]);
});

always('拒绝都有代码和一句完整的中文，不露编号之外的内部字样', ({ moments }) => {
  for (const { decision } of moments) {
    if (decision.is !== 'refusal') continue;
    expect(decision.code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(decision.zh).toMatch(/^\P{ASCII}.*[\u4e00-\u9fff].*。$/u);
    expect(`${decision.zh}${decision.hint}`).not.toMatch(/undefined|null|NaN|\[object/);
  }
});

always('因权限被拒的，写明的人来办就不再因权限被拒；一个人也没写的，谁来办都不行', ({ scene, moments }) => {
  for (const { before, envelope, decision } of moments) {
    if (decision.is !== 'refusal' || decision.code !== 'not_authorised') continue;
    const refusedToo = (person: string): boolean => {
      const other = decide(scene, before, { ...envelope, actor: { ...envelope.actor, person } });
      return other.is === 'refusal' && other.code === 'not_authorised';
    };
    const named = decision.whom.filter(refusedToo);
    const unnamed = decision.whom.length > 0 ? [] : [...scene.roster.people.keys()].filter((person) => !refusedToo(person));
    expect([envelope.command.type, named, unnamed]).toEqual([envelope.command.type, [], []]);
  }
});

always('开着的事项必有下一次提醒，或者已响满；预案自带的任务不响的，点名或者所属的环节自己会响', ({ scene, moments }) => {
  const { profile, pack } = scene.rules;
  const templates = [...pack.procedure, ...pack.groups, ...pack.functions].flatMap((part) => part.tasks);
  const ladder = profile.ladder.length;
  const full = {
    ask: [ladder, ladder + profile.overtime.length, profile.clock_ladder.length],
    clock: [profile.clock_ladder.length],
    none: [0],
  };
  for (const { after, rows } of moments) {
    if (after === null) continue;
    const open = new Map(rows.flatMap((d) => (d.status === 'open' ? [[d.key, d]] : [])));
    const heard = (d: Deadline): boolean => {
      const step = profile.steps.find(({ id }) => id === d.kind);
      return d.nextAt !== null || full[step?.rings ?? 'clock'].includes(d.stage);
    };
    const waits = ({ key, owner }: Deadline): boolean =>
      openAsks(after).some((a) => {
        const own = a.kind === 'task' && key === `task_done:${a.about ?? a.id}` ? open.get(`task_ack:${a.id}`) : undefined;
        if (own !== undefined) return heard(own);
        const call = a.kind === 'call_out' && (a.person === owner || a.standInFor === owner) ? open.get(`group_ack:${a.id}`) : undefined;
        return call !== undefined && heard(call);
      });
    const partOf = ({ key }: Deadline): boolean => {
      const template = after.tasks[key.slice('task_done:'.length)]?.template ?? null;
      const step = templates.find(({ id }) => id === template)?.due;
      return [...open.values()].some((d) => d.kind === step && heard(d));
    };
    /** The one or the other has come: who is late still owes his own answer, but nobody climbs for it. */
    const relieved = ({ key, kind }: Deadline): boolean => {
      const ask = after.asks[key.slice(kind.length + 1)];
      const pair = Object.values(after.asks).filter(
        (a) => a.kind === ask?.kind && (a.standInFor === ask.person || a.person === ask.standInFor),
      );
      return pair.some((a) => a.answer === 'acknowledged');
    };
    const silent = [...open.values()].filter((d) => !heard(d) && !relieved(d) && !(d.kind === 'task_done' && (waits(d) || partOf(d))));
    expect(silent.map((d) => [after.status, d])).toEqual([]);
  }
});

always('待回复的点名必有一项开着的时限，欠在本人名下', ({ scene, moments }) => {
  const timed = scene.rules.profile.steps.some(({ id }) => id === 'directive_feedback');
  for (const { after, rows } of moments) {
    if (after === null || hasEnded(after)) continue;
    // A directive waits for its feedback, which is owed by whoever was asked; his stand-in is asked beside him.
    const owner = new Map(rows.map((d) => [d.key.slice(d.kind.length + 1), d]));
    const unwatched = openAsks(after).filter((ask) => {
      const row = owner.get(ask.kind === 'directive' ? (ask.about ?? ask.id) : ask.id);
      if (ask.kind === 'directive') return timed && row?.kind !== 'directive_feedback';
      return row?.owner !== ask.person || (row.status !== 'open' && !row.why.endsWith('已重新点名'));
    });
    expect(unwatched).toEqual([]);
  }
});

always('没有到点的不响，已办结的不响；级数只增不减，后一次不早于、不低于前一次', ({ moments }) => {
  let rows = new Map<string, Deadline>();
  const wrong: unknown[] = [];
  const heard = new Map<string, { readonly stage: number; readonly percent: number; readonly at: number }>();
  for (const {
    envelope: { at },
    before,
    after,
    recorded,
    rows: now,
  } of moments) {
    for (const { event } of recorded)
      for (const r of event.type === 'DeadlinesRang' ? event.rings : []) {
        const d = rows.get(r.key);
        const last = heard.get(r.key) ?? { stage: 0, percent: 0, at: 0 };
        const due = d === undefined ? Number.POSITIVE_INFINITY : d.baseAt + Math.round(((d.dueAt - d.baseAt) * r.percent) / 100);
        const right = d?.status === 'open' && due <= at && r.stage > last.stage && r.percent >= last.percent && at >= last.at;
        if (!right) wrong.push({ r, at, last, d });
        heard.set(r.key, { ...r, at });
      }
    for (const [key, stage] of Object.entries(before?.rings ?? {})) if ((after?.rings[key] ?? 0) < stage) wrong.push({ key, stage });
    rows = new Map(now.map((d) => [d.key, d]));
    if (recorded[0]?.event.type !== 'DeadlinesRang') continue;
    wrong.push(...recorded[0].event.rings.filter((r) => (rows.get(r.key)?.nextAt ?? Number.POSITIVE_INFINITY) <= at));
  }
  expect(wrong).toEqual([]);
});

always(
  '时限只提前不推后；只有首次定级以该级的时限代替未定级的（第2节），更正了事发时间、解除了敏感、并入更早接报的从其本来的算',
  ({ scene, moments }) => {
    const { profile, pack } = scene.rules;
    const rules = [...profile.steps, ...profile.steps.flatMap(({ id, also }) => also.map((other) => ({ ...other, id })))];
    const beside = pack.deadline_overrides.map(({ step, starts }) => ({ id: step, starts }));
    const byOccurrence = new Set([...rules, ...beside].flatMap(({ id, starts }) => (starts === 'occurred' ? [id] : [])));
    const upward = new Set(pack.reporting_paths.flatMap((path) => path.deadlines));
    let old: readonly Deadline[] = [];
    for (const { recorded, rows } of moments) {
      const then = new Map(old.flatMap((d) => (d.status === 'open' ? [[d.key, d.dueAt]] : [])));
      old = rows;
      const retold = recorded.some(({ event }) => event.type === 'IncidentSupplemented' && event.fields.occurredAt !== undefined);
      const calmed = recorded.some(({ event }) => event.type === 'SensitivityFlagged' && !event.on);
      if (recorded.some(({ event }) => event.type === 'LevelSet' || event.type === 'IncidentAbsorbed')) continue;
      const ofTask = (kind: string): boolean => kind === 'task_done' && (retold || calmed);
      const own = (kind: string): boolean => ofTask(kind) || (retold && byOccurrence.has(kind)) || (calmed && upward.has(kind));
      const put = rows.filter((d) => d.status === 'open' && d.dueAt > (then.get(d.key) ?? d.dueAt) && !own(d.kind));
      expect(put.map((d) => [recorded.map((r) => r.event.type), d, then.get(d.key)])).toEqual([]);
    }
  },
);

/** What goes on after each end (decisions section 2 and the profile): by where its clock starts. */
const OUTLASTS: Readonly<Partial<Record<IncidentState['status'], readonly string[]>>> = {
  terminated: ['terminated', 'occurred', 'oral_approval', 'directive_received'],
  reviewing: ['terminated', 'occurred', 'oral_approval', 'directive_received'],
  transferred: ['oral_approval', 'directive_received'],
  dismissed: ['oral_approval'],
  merged: [],
  archived: [],
};

always('终止、不列入、转办、并案、归档以后，响应中的事项不再开着、不再响，只有不随响应结束的还走', ({ scene, moments }) => {
  const starts = new Map(scene.rules.profile.steps.map((step) => [step.id, step.starts]));
  for (const { envelope, after, rows } of moments) {
    if (after === null || !hasEnded(after)) continue;
    const lasting = OUTLASTS[after.status] ?? [];
    const endedAt = after.terminated?.at ?? after.left?.at ?? Number.POSITIVE_INFINITY;
    const since = (d: Deadline): boolean => lasting.length > 0 && d.baseAt >= endedAt;
    const over = rows.filter((d) => !lasting.includes(starts.get(d.kind) ?? '') && !since(d));
    expect(over.filter((d) => d.status === 'open' || d.nextAt !== null).map((d) => [after.status, d])).toEqual([]);
    const much = { ...envelope, command: ring(...over.map((d) => d.key)), at: envelope.at + 30 * DAY };
    expect(decide(scene, after, much)).toEqual({ is: 'events', events: [] });
  }
});

always('一人同时至多欠同一件事一次，点名编号不重', ({ history, moments }) => {
  const ids = history.flatMap(({ event }) => askedBy(event));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { after, rows } of moments) {
    if (after === null) continue;
    const open = new Set(rows.flatMap((d) => (d.status === 'open' ? [d.key.slice(d.kind.length + 1)] : [])));
    const owing = openAsks(after).flatMap((ask) => (open.has(ask.id) ? [matterOf(ask)] : []));
    expect(owing.filter((one, i) => owing.indexOf(one) !== i)).toEqual([]);
  }
});

/** Of many tasks and directives each is a matter of its own; standing in for somebody is another one than one's own call. */
function matterOf({ kind, person, standInFor, about, id }: AskState): string {
  const which = kind === 'task' || kind === 'directive' || kind === 'record' || kind === 'paper' ? (about ?? id) : '';
  return `${kind} ${person} ${standInFor} ${which}`;
}

always('一个事件欠同一人同一事由只有一份，只送给名册上的人和群', ({ scene: { roster }, history }) => {
  for (const recorded of history) {
    const owed = notices(recorded);
    expect(new Set(owed.map(line)).size).toBe(owed.length);
    for (const { to } of owed) {
      if ('room' in to) expect(roster.rooms.has(to.room)).toBe(true);
      if ('person' in to) expect(roster.people.has(to.person)).toBe(true);
    }
  }
});

always('没有无关县区被打扰，点名督办的除外（第4节）', ({ scene: { roster }, history, moments }) => {
  const whence = moments.flatMap(({ after }) => (after === null ? [] : (roster.rooms.get(after.reportedRoom ?? '')?.county ?? [])));
  const named = history.flatMap(({ event }) => (event.type === 'RecordOpened' && event.to?.kind === 'county' ? [event.to.id] : []));
  const concerned = new Set([...whence, ...named, ...moments.flatMap(({ after }) => after?.county ?? [])]);
  const told = history
    .flatMap((recorded: Recorded<IncidentEvent>) => notices(recorded))
    .flatMap(({ to }) => ('room' in to ? [to.room] : []));
  const counties = told.flatMap((room) => roster.rooms.get(room)?.county ?? []);
  expect(counties.filter((county) => !concerned.has(county))).toEqual([]);
});
