/** Elements of the end and of what comes after it: grounds, what stops and goes on, aftermath, present state, what is left to do. */
import { deadlines } from '../../deadlines/deadlines';
import { statusZh } from '../../incident/lifecycle';
import { PAPER_RECEIPT, PAPER_STEP } from '../../incident/papers/find';
import { recordsOf } from '../../incident/records/find';
import { type Filled, type Filler, type IncidentBrief, isOfMatter, NOTHING, newestOf } from '../brief';
import { levelPart, linesOf, MAIN, measureLines } from '../courseLines';
import type { Line, Part } from '../draft';
import { fieldTold } from '../figures';
import { owedPart } from '../names';
import { due, fullMinuteZh, joint, listOf, masked, plan, quoted, say, told } from '../parts';

/** Fillers of this theme, by the name data use. */
export const ENDING: Readonly<Record<string, Filler<IncidentBrief>>> = {
  whole_course: (brief) => linesOf(brief, brief.record.events, (type) => MAIN.has(type)),
  all_measures: (brief) => measureLines(brief, brief.record.events),
  cause_and_nature: causeAndNature,
  present_state: presentState,
  activated_when: activatedWhen,
  grounds,
  ended_at: endedAt,
  end_reason: endReason,
  aftermath,
  remaining,
};

/** What the inquiry concluded, else the cause as reported and that the inquiry goes on. */
function causeAndNature(brief: IncidentBrief): Filled {
  const concluded = recordsOf(brief.record.state, 'conclusion').map((record): Line => {
    const parts = Object.entries(record.parts).map(
      ([label, ref]) => say`${told(brief, record.version, label)}：${quoted(brief, record.version, ref)}`,
    );
    return listOf(
      [[quoted(brief, record.version, record.words)].flatMap((part) => part ?? []), ...parts].filter((line) => line.length > 0),
      '；',
    );
  });
  if (concluded.length > 0) return concluded;
  const field = fieldTold(brief.record, 'cause');
  return field === null ? NOTHING : [say`据报：${told(brief, field.version, masked(brief, field.found.value))}；调查尚未作出结论`];
}

function presentState(brief: IncidentBrief): Filled {
  const { state, events } = brief.record;
  const last = events.findLast(({ event }) => isOfMatter(event))?.version ?? 1;
  return [say`${told(brief, last, statusZh(state.status))}`];
}

function activatedWhen(brief: IncidentBrief): Filled {
  const started = newestOf(brief.record, 'ResponseActivated');
  if (started === null) return NOTHING;
  const { rank } = started.event;
  return [
    say`${told(brief, started.version, fullMinuteZh(started.at))}启动${rank === null ? joint('应急响应') : say`，${levelPart(brief, rank)}`}`,
  ];
}

/** The criteria of the plan that were found to be met. */
function grounds(brief: IncidentBrief): Filled {
  const proposed = newestOf(brief.record, 'TerminationProposed');
  const met = brief.ctx.rules.pack.termination.criteria.filter(({ id }) => proposed?.event.grounds.includes(id) ?? false);
  if (met.length > 0)
    return [
      listOf(
        met.map(({ zh }) => [plan(zh)]),
        '；',
      ),
    ];
  return endReason(brief);
}

function endedAt(brief: IncidentBrief): Filled {
  const ended = newestOf(brief.record, 'ResponseTerminated');
  return ended === null ? NOTHING : [[told(brief, ended.version, fullMinuteZh(ended.at))]];
}

function endReason(brief: IncidentBrief): Filled {
  const ended = newestOf(brief.record, 'ResponseTerminated') ?? newestOf(brief.record, 'TerminationProposed');
  const words = ended === null ? null : quoted(brief, ended.version, ended.event.reason);
  return words === null ? NOTHING : [[words]];
}

/** What the plan asks for after the end: by whom, until when, and what has come of it. */
function aftermath(brief: IncidentBrief): Filled {
  const rows = deadlines(brief.ctx.rules, brief.record.state);
  return brief.ctx.rules.pack.after_action.map((work): Line => {
    const by = work.by.flatMap((id) => roleZh(brief, id) ?? []);
    const row = rows.find(({ key }) => work.deadlines.includes(key));
    const done = newestOf(brief.record, 'ObligationMet', ({ key }) => work.deadlines.includes(key));
    const task = Object.values(brief.record.state.tasks).find(({ template, doneAt }) => template === work.id && doneAt !== null);
    const completed = task === undefined ? null : newestOf(brief.record, 'TaskCompleted', (event) => event.task === task.id);
    const words = done ?? completed;
    return [
      plan(work.zh),
      ...(by.length === 0 ? [] : say`，${listOf(by.map((zh) => [plan(zh)]))}`),
      ...(row === undefined ? [] : say`，${due(row)}前`),
      ...(words === null ? [] : doneLine(quoted(brief, words.version, words.event.text))),
    ];
  });
}

/** Done by a paper that went out, it has no words of its own. */
function doneLine(words: Part | null): Line {
  return words === null ? [joint('，已办')] : say`，已办：${words}`;
}

function roleZh({ ctx }: IncidentBrief, id: string): string | null {
  const { roles, groups, functions, parties, command } = ctx.rules.pack;
  if (id === command.id) return command.organ;
  return [...roles, ...groups, ...functions, ...parties].find((one) => one.id === id)?.zh ?? null;
}

/** Everything still owed, by its name: not what the paper itself is the doing of, nor the house's own paperwork. */
function remaining(brief: IncidentBrief): Filled {
  const own: readonly string[] = [brief.kind, PAPER_STEP, PAPER_RECEIPT];
  const open = deadlines(brief.ctx.rules, brief.record.state).filter(({ status, kind }) => status === 'open' && !own.includes(kind));
  const kinds = [...new Set(open.map(({ kind }) => kind))];
  return kinds.length === 0 ? NOTHING : [listOf(kinds.map((kind) => [owedPart(brief, kind)]))];
}
