/** Elements of the response: levels, who commands, who was called, when reports are due, how it was changed and ended. */
import { commanders } from '../../incident/audience';
import { rankOf, responseRankOf } from '../../incident/state';
import { UNSPECIFIED } from '../../plans/packSchema';
import { columnOf, levelOf } from '../../plans/rulebook';
import { type Filled, type Filler, type IncidentBrief, NOTHING, newestAmong, newestOf } from '../brief';
import { groupPart, levelPart } from '../courseLines';
import type { Line, Part } from '../draft';
import { fullMinuteZh, joint, listOf, minuteZh, names, person, plan, quoted, say, told } from '../parts';

/** Fillers of this theme, by the name data use. */
export const RESPONSE: Readonly<Record<string, Filler<IncidentBrief>>> = {
  level: (brief) => [[levelInForce(brief)]],
  response_level: responseLevel,
  activated_level: activatedLevel,
  plan_clause: planClause,
  started_at: startedAt,
  decided_by: decidedBy,
  command,
  groups,
  report_times: reportTimes,
  level_from: (brief) => changed(brief, (event) => [levelPart(brief, event.from)]),
  level_to: (brief) => changed(brief, (event) => [levelPart(brief, event.to)]),
  level_why: (brief) => changed(brief, (event, version) => lineOf(quoted(brief, version, event.reason))),
  level_since: (brief) => changed(brief, (_, version, at) => [told(brief, version, fullMinuteZh(at))]),
  changed_duties: changedDuties,
  prior_task: (brief) => [say`${plan(brief.ctx.rules.pack.prior_handling.task)}`],
};

/** The incident level in force, with how sure it is; the plan's word while ungraded. */
export function levelInForce(brief: IncidentBrief): Part {
  const { state } = brief.record;
  const { pack } = brief.ctx.rules;
  const rank = rankOf(state);
  const step = state.levels.at(-1);
  if (pack.level_scheme === 'none') return joint('本预案不分级');
  if (step === undefined || rank === null) return plan(pack.ungraded.zh);
  const zh = levelOf(brief.ctx.rules, rank)?.zh ?? pack.ungraded.zh;
  return told(brief, step.version, `${zh}${STATUS[step.status]}`);
}

const STATUS = { proposed: '（待上级确认）', confirmed_by_us: '', confirmed_by_superior: '（上级已确认）' } as const;

function responseLevel(brief: IncidentBrief): Filled {
  const { pack } = brief.ctx.rules;
  const rank = responseRankOf(brief.record.state);
  if (pack.level_scheme === 'none') return [[joint('本预案不分级')]];
  return rank === null ? NOTHING : [[levelPart(brief, rank)]];
}

/** The level at which the response was started, whatever it became since. */
function activatedLevel(brief: IncidentBrief): Filled {
  const rank = newestOf(brief.record, 'ResponseActivated')?.event.rank ?? null;
  if (brief.ctx.rules.pack.level_scheme === 'none') return [[joint('本预案不分级')]];
  return rank === null ? NOTHING : [[levelPart(brief, rank)]];
}

function planClause({ ctx }: IncidentBrief): Filled {
  const { short_title, activation } = ctx.rules.pack;
  return [say`《${plan(short_title)}》${activation.clause === UNSPECIFIED ? null : plan(activation.clause)}`];
}

function startedAt(brief: IncidentBrief): Filled {
  const started = newestOf(brief.record, 'ResponseActivated');
  return started === null ? NOTHING : [[told(brief, started.version, fullMinuteZh(started.at))]];
}

/** Who decided what this paper announces: the end, the change, the activation, whichever the data name. */
function decidedBy(brief: IncidentBrief, of: string | null): Filled {
  const types = DECISIONS[of ?? 'activation'] ?? [];
  const found = newestAmong(brief.record, types);
  if (found === null) return NOTHING;
  const oral = found.event.oral === undefined ? null : told(brief, found.version, '（口头批准）');
  return [[person(brief, found.event.by), ...lineOf(oral)]];
}

type Decision = 'ResponseActivated' | 'LevelChanged' | 'ResponseLevelChanged' | 'ResponseTerminated' | 'WarningIssued' | 'WarningLifted';
const DECISIONS: Readonly<Record<string, readonly Decision[]>> = {
  activation: ['ResponseActivated'],
  change: ['LevelChanged', 'ResponseLevelChanged'],
  termination: ['ResponseTerminated'],
  warning: ['WarningIssued'],
  lift: ['WarningLifted'],
};

/** The organ and its people; a higher organ where one has taken over, a stand-in where one is named. */
function command(brief: IncidentBrief): Filled {
  const { rules, roster } = brief.ctx;
  const { takenOver, standIn } = brief.record.state;
  const [first, ...others] = commanders(rules, roster);
  const lines: Line[] = [
    say`${plan(rules.pack.command.organ)}${first === undefined ? null : say`，${person(brief, first)}`}${others.length === 0 ? null : say`、${names(brief, others)}`}`,
  ];
  if (takenOver !== null)
    lines.push(say`${told(brief, takenOver.version, minuteZh(takenOver.at))}起由${quoted(brief, takenOver.version, takenOver.text)}指挥`);
  const named = newestOf(brief.record, 'StandInNamed');
  if (standIn !== null && named !== null)
    lines.push(
      say`${person(brief, standIn.person)}代行${person(brief, standIn.standsFor)}职责，至${told(brief, named.version, minuteZh(standIn.until))}`,
    );
  return lines;
}

/** Every group called with its people and its task, in the order of the plan; the organ's members with what each function does; the county. */
function groups(brief: IncidentBrief): Filled {
  const called = Object.values(brief.record.state.asks).filter(({ kind, stoodDownAt }) => kind === 'call_out' && stoodDownAt === null);
  const { pack } = brief.ctx.rules;
  const lines = pack.groups.flatMap((group): Line[] => {
    const people = called.filter((ask) => ask.group === group.id).map((ask) => ask.person);
    return people.length === 0 ? [] : [say`${plan(group.zh)}（${names(brief, people)}）：${plan(group.task)}`];
  });
  const others = [...new Set(called.filter((ask) => ask.group === null).map((ask) => ask.person))];
  if (others.length === 0) return lines;
  if (!callsMembers(brief)) return [...lines, say`${names(brief, others)}：${plan(pack.prior_handling.task)}`];
  const functions = pack.functions.map(({ zh, task }): Line => say`${plan(zh)}：${plan(task)}`);
  return [...lines, say`${plan(pack.command.organ)}（${names(brief, others)}）`, ...functions];
}

/** Did the activation call the members of the organ, and no groups? */
export function callsMembers({ ctx, record }: IncidentBrief): boolean {
  const { activated } = record.state;
  const level = levelOf(ctx.rules, activated?.rank ?? null);
  return activated !== null && (level?.calls ?? ctx.rules.pack.ungraded.calls) === 'members';
}

/** When progress is reported, as the profile times it at this level. */
function reportTimes(brief: IncidentBrief): Filled {
  const { rules } = brief.ctx;
  const column = columnOf(rules, rankOf(brief.record.state));
  const times = rules.profile.steps.flatMap((step) => step.at_times?.[column]?.map((time) => plan(time)) ?? []);
  return times.length === 0
    ? NOTHING
    : [say`每日${listOf([...new Set(times.map(({ text }) => text))].map((text) => [plan(text)]))}报送续报`];
}

type Change = { readonly from: number; readonly to: number; readonly reason: { readonly id: string; readonly commitment: string } };

function changed(brief: IncidentBrief, show: (event: Change, version: number, at: number) => Line): Filled {
  const found = newestAmong(brief.record, ['LevelChanged', 'ResponseLevelChanged']);
  return found === null ? NOTHING : [show(found.event, found.version, found.at)];
}

/** Who is newly called and who is stood down by the last change. */
function changedDuties(brief: IncidentBrief): Filled {
  const found = newestAmong(brief.record, ['LevelChanged', 'ResponseLevelChanged']);
  if (found === null) return NOTHING;
  const { asked, stoodDown } = found.event;
  const left = stoodDown.flatMap((id) => brief.record.state.asks[id]?.person ?? []);
  const byGroup = asked.map((ask) => say`${groupPart(brief, ask.group)}${person(brief, ask.person)}`);
  return [
    ...(byGroup.length === 0 ? [] : [say`新增参加处置：${listOf(byGroup)}`]),
    ...(left.length === 0 ? [] : [say`不再参加：${names(brief, [...new Set(left)])}`]),
  ];
}

function lineOf(part: Part | null): Line {
  return part === null ? [] : [part];
}
