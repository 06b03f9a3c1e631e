/** Elements of how matters go on: measures, facts put right, trend, opinion, what comes next. After a sent paper only what is new. */

import { deadlines } from '../../deadlines/deadlines';
import { tasksInOrder } from '../../incident/numbered';
import { isOpen, recordsInOrder } from '../../incident/records/find';
import { STAGES } from '../../incident/records/kinds';
import { TASK_DONE } from '../../plans/rulebook';
import { eventsSince, type Filled, type Filler, type IncidentBrief, isOfMatter, NOTHING, newestOf, toldBefore } from '../brief';
import { linesOf, measureLines, recordPart, taskPart } from '../courseLines';
import type { Line } from '../draft';
import { fieldTold } from '../figures';
import { counted, drafted, due, joint, listOf, masked, minuteZh, names, person, quoted, say, told } from '../parts';
import { occurrenceZh, receivedPart } from './intake';

/** Fillers of this theme, by the name data use. */
export const PROGRESS: Readonly<Record<string, Filler<IncidentBrief>>> = {
  measures_taken: measuresTaken,
  measures_since: (brief) => measuresOf(brief),
  span,
  earlier_paper: earlierPaper,
  corrected_facts: correctedFacts,
  trend,
  opinion_since: opinionSince,
  next_steps: nextSteps,
  open_tasks: openTasks,
};

/** What the report says was done, what the county was asked to do, and every measure since. */
function measuresTaken(brief: IncidentBrief): Filled {
  return [...reportedMeasures(brief), ...priorHandling(brief), ...measuresOf(brief)];
}

/** Measures the reports tell; a correction takes the place of what was told before. */
function reportedMeasures(brief: IncidentBrief): readonly Line[] {
  let lines: readonly Line[] = [];
  for (const { version, event } of brief.record.events) {
    if (event.type !== 'IncidentReported' && event.type !== 'IncidentSupplemented') continue;
    const added = (event.fields.measures ?? []).map(({ value }) => say`${told(brief, version, masked(brief, value))}`);
    const anew = event.type === 'IncidentSupplemented' && event.how === 'correction' && added.length > 0;
    lines = anew ? added : [...lines, ...added];
  }
  return lines;
}

function priorHandling(brief: IncidentBrief): readonly Line[] {
  return brief.record.events.flatMap(({ version, at, event }): Line[] => {
    const asked = 'asked' in event ? event.asked.find(({ kind }) => kind === 'prior_handling') : undefined;
    return asked === undefined ? [] : [say`${told(brief, version, minuteZh(at))}，要求${person(brief, asked.person)}先期处置`];
  });
}

function measuresOf(brief: IncidentBrief): readonly Line[] {
  return measureLines(brief, eventsSince(brief));
}

/** From the last paper's moment, or the first report, to now. */
function span(brief: IncidentBrief): Filled {
  const { since } = brief;
  const from =
    since === null ? receivedPart(brief, minuteZh) : { text: minuteZh(since.draft.at), from: { is: 'paper' as const, id: since.id } };
  return [say`${from}至${drafted(brief, minuteZh)}`];
}

/** The paper this one goes on from. */
function earlierPaper({ since }: IncidentBrief): Filled {
  if (since === null || since.sentAt === null) return NOTHING;
  const from = { is: 'paper' as const, id: since.id };
  return [say`${{ text: `《${since.draft.title}》`, from }}（${{ text: minuteZh(since.sentAt), from }}报送）`];
}

const FACTS = [
  { name: 'occurredAt', zh: '发生时间' },
  { name: 'place', zh: '地点' },
  { name: 'district', zh: '县区' },
  { name: 'cause', zh: '原因' },
] as const;

/** Facts told anew since the last paper, from → to, and what verification found. */
function correctedFacts(brief: IncidentBrief): Filled {
  const upTo = toldBefore(brief);
  const lines = FACTS.flatMap(({ name, zh }): Line[] => {
    const now = fieldTold(brief.record, name);
    if (now === null || now.version <= upTo) return [];
    const was = fieldTold(brief.record, name, upTo);
    const to = told(brief, now.version, valueZh(brief, now.found.value));
    if (was === null) return [say`${joint(zh)}：${to}`];
    const from = told(brief, was.version, valueZh(brief, was.found.value));
    return from.text === to.text ? [] : [say`${joint(zh)}由${from}更正为${to}`];
  });
  return [...lines, ...linesOf(brief, eventsSince(brief), (type) => type === 'FactsVerified')];
}

type FactValue = string | Parameters<typeof occurrenceZh>[0];

function valueZh(brief: IncidentBrief, value: FactValue): string {
  return typeof value === 'string' ? masked(brief, value) : (occurrenceZh(value) ?? brief.ctx.wording.unknown);
}

/** What was assessed last, and how the level moved; what the last paper told is not told again. */
function trend(brief: IncidentBrief): Filled {
  const upTo = brief.since?.draft.version ?? 0;
  const assessed = newestOf(brief.record, 'AssessmentProposed', (e) => e.text !== null);
  const words = assessed === null || assessed.version <= upTo ? null : quoted(brief, assessed.version, assessed.event.text);
  const levels = linesOf(brief, eventsSince(brief), (type) => type === 'LevelSet' || type === 'LevelChanged');
  return [...(words === null ? [] : [say`研判：${words}`]), ...levels];
}

/** What was entered in opinion sheets since; the whole sheet stands in its own paper. */
function opinionSince(brief: IncidentBrief): Filled {
  const sheets = new Set(recordsInOrder(brief.record.state).flatMap(({ kind, id }) => (kind === 'opinion_sheet' ? [id] : [])));
  const told_ = eventsSince(brief).filter(({ event }) => 'id' in event && sheets.has(event.id));
  return linesOf(brief, told_, (type) => type === 'RecordOpened' || type === 'RecordEntered');
}

/** Work that is not done yet: tasks people gave with their owners, records with what they wait for, and how many tasks of the plan are open. */
function nextSteps(brief: IncidentBrief): Filled {
  const { state } = brief.record;
  const open = tasksInOrder(state).filter(({ doneAt }) => doneAt === null);
  const given = open
    .filter(({ template }) => template === null)
    .map((task): Line => say`${taskPart(brief, task.id)}（${names(brief, [task.owner])}）`);
  const planned = open.length - given.length;
  const records = recordsInOrder(state).filter(isOpen);
  const waiting = records.map((record): Line => {
    const version = record.entries.at(-1)?.version ?? record.version;
    return say`${recordPart(brief, record.id)}${told(brief, version, STAGES[record.stage])}`;
  });
  const ofPlan = planned === 0 ? [] : [say`按预案交办的任务尚有${counted(brief, `${planned}项`)}未办结`];
  const all = [...given, ...waiting, ...ofPlan];
  return all.length === 0 ? NOTHING : [listOf(all, '；')];
}

/** Every task that is not done yet, with its owner and its moment. */
function openTasks(brief: IncidentBrief): Filled {
  const due_ = new Map(deadlines(brief.ctx.rules, brief.record.state).map((row) => [row.key, row]));
  const rows = tasksInOrder(brief.record.state).flatMap((task): (readonly Line[])[] => {
    const what = task.doneAt === null ? taskPart(brief, task.id) : null;
    const row = due_.get(`${TASK_DONE}:${task.id}`);
    return what === null ? [] : [[[what], names(brief, [task.owner]), row === undefined ? [] : [due(row)]]];
  });
  return rows.length === 0 ? NOTHING : { columns: ['任务', '承办人', '应于'], rows };
}

/** Did anything happen since the last paper that this kind tells? */
export function isAnythingNew(brief: IncidentBrief): boolean {
  const { since } = brief;
  return since === null || eventsSince(brief).some(({ event }) => isOfMatter(event));
}
