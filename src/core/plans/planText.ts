/** A plan pack as an overview for reading: who decides, who is called, what is done by when, and the clause of each. */
import { basisText, markText } from './marks';
import type { PlanPack } from './packSchema';
import { actText, startText } from './planWords';
import type { DeadlineProfile } from './profileSchema';
import type { Cited } from './schema/cited';
import { UNSPECIFIED } from './schema/cited';
import { PAPERS, type PaperKind } from './schema/papers';
import { RECORD_KINDS } from './schema/records';

/** One part of a pack for reading. */
export interface PlanPart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The whole pack, one heading a part. Marks stand wherever an entry is not the plan's own. */
export function planText(pack: PlanPack, profile: DeadlineProfile): string {
  const head = `${pack.title}\n编号 ${pack.pack}，版本 ${pack.version}，文号 ${silent(pack.document_number)}\n`;
  const parts = planParts(pack, profile).map(({ title, lines }) => `\n【${title}】\n${lines.map((line) => `  ${line}\n`).join('')}`);
  return `${head}${parts.join('')}`;
}

/** The same part by part; a part of which the plan says nothing has no lines. */
export function planParts(pack: PlanPack, profile: DeadlineProfile): readonly PlanPart[] {
  const names = actorNames(pack);
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['适用范围', scopeLines(pack, names)],
    ['级别', levelLines(pack, names)],
    ['数值标准', thresholdLines(pack)],
    ['类别', categoryLines(pack, names)],
    ['指挥机构', commandLines(pack, names)],
    ['工作组和职能', groupLines(pack)],
    ['谁可以做什么', authorityLines(pack, names)],
    ['签发', pack.sign_off.map((c) => `${c.zh}：${c.steps.map((s) => `${names(s.by)}${actText(s.act)}`).join(' → ')}${cite(c)}`)],
    ['预警', [`${pack.warning.what}${cite(pack.warning)}`, ...pack.warning.steps.map((s) => `${s.zh}${papers(s.papers)}${cite(s)}`)]],
    ['启动', activationLines(pack)],
    ['处置步骤', stepLines(pack, profile, names)],
    ['工作记录', recordLines(pack, profile, names)],
    ['报告路径', pathLines(pack, profile, names)],
    ['终止', terminationLines(pack)],
    ['后期处置', pack.after_action.map((a) => `${a.zh}：${a.content.join('、')}（${names(a.by)}）${papers(a.papers)}${cite(a)}`)],
    ['时限', deadlineLines(pack, profile)],
    ['保障和宣传', [...pack.safeguards, ...pack.publicity].map((s) => `${s.zh}：${s.items.join('、')}${cite(s)}`)],
    ['由本单位选定', settingLines(pack)],
  ];
  return parts.map(([title, lines]) => ({ title, lines }));
}

type Names = (ids: readonly string[]) => string;

function actorNames(pack: PlanPack): Names {
  const all = [...pack.roles, ...pack.groups, ...pack.functions, ...pack.parties, { id: pack.command.id, zh: pack.command.organ }];
  const zh = new Map(all.map((a) => [a.id, a.zh]));
  return (ids) => ids.map((id) => zh.get(id) ?? id).join('、');
}

/** 〔4.1（2）〕, or whose rule it is where the plan is silent. */
function cite({ clause, mark, source }: Cited): string {
  if (mark === 'S') return `〔${clause}〕`;
  return `〔${clause === UNSPECIFIED ? '预案未规定' : clause}；${sourced(markText(mark), source ?? '')}〕`;
}

/** Whose rule, then its source, unless the source says it already. */
function sourced(whose: string, source: string): string {
  return source.includes(whose) ? source : `${whose}：${source}`;
}

function silent(text: string): string {
  return text === UNSPECIFIED ? '（预案未写）' : text;
}

function papers(kinds: readonly PaperKind[]): string {
  return kinds.length === 0 ? '' : `，文书：${kinds.map((kind) => PAPERS[kind]).join('、')}`;
}

function scopeLines({ scope }: PlanPack, names: Names): readonly string[] {
  return [
    `${scope.area}：${scope.covers.join('；')}${cite(scope)}`,
    ...scope.outside.map((o) => `不适用：${o.zh} → ${names(o.to)}${cite(o)}`),
  ];
}

function levelLines({ levels, ungraded, sign_off, level_scheme }: PlanPack, names: Names): readonly string[] {
  const chainOf = (id: string): string => sign_off.find((c) => c.id === id)?.zh ?? id;
  if (level_scheme === 'none')
    return [
      `本预案不分级。启动：${names(ungraded.activate?.roles ?? [])}；终止：${names(ungraded.terminate?.roles ?? [])}；${chainOf(ungraded.sign_off)}`,
    ];
  return levels.flatMap((l) => [
    `${l.zh}：${l.criteria.join('；')}${cite(l)}`,
    `    定级：${names(l.set.roles)}${l.set.status === 'proposed' ? '（待上级确认）' : ''}；启动：${names(l.activate.roles)}；终止：${names(l.terminate.roles)}；${chainOf(l.sign_off)}`,
    `    响应：${l.response.zh}${cite(l.response)}`,
  ]);
}

function thresholdLines({ thresholds, measures, levels, grading, matters }: PlanPack): readonly string[] {
  const level = (rank: number): string => levels.find((l) => l.rank === rank)?.sign ?? `第${rank}档`;
  const state = grading.thresholds_enabled ? '启用；取最重的一级；只是建议' : '未启用';
  return [
    `${state}${cite(grading)}`,
    ...thresholds.map((t) => {
      const m = measures.find(({ id }) => id === t.measure);
      const range = `${t.min} ${m?.unit ?? ''}以上${t.max === null ? '' : `、不足 ${t.max}`}`;
      const matter = matters.find(({ id }) => id === t.matter)?.zh;
      return `${level(t.rank)}：${matter === undefined ? '' : `（${matter}）`}${m?.zh ?? t.measure} ${range}${t.with === undefined ? '' : `，且${t.with}`}（${sourced(markText(t.mark), t.source)}）`;
    }),
  ];
}

function categoryLines({ categories }: PlanPack, names: Names): readonly string[] {
  return categories.flatMap((c) => [
    `${c.zh}：${c.description}${cite(c)}`,
    ...(c.asks_for.length === 0 ? [] : [`    问清：${c.asks_for.map((a) => a.zh).join('、')}`]),
    ...(c.proposes.length === 0 ? [] : [`    建议调用：${names(c.proposes)}`]),
    ...(c.transfer_to.length === 0 ? [] : [`    可转办：${names(c.transfer_to)}`]),
  ]);
}

function commandLines({ command: c, roles }: PlanPack, names: Names): readonly string[] {
  return [
    `${c.organ}：${names([c.commander])}；${names(c.deputies)}；成员 ${names(c.members)}${cite(c)}`,
    ...roles.map((r) => `    ${r.zh}：${r.holder}${cite(r)}`),
    ...c.duties.map((d) => `${d.zh}：${d.text}${papers(d.papers)}${cite(d)}`),
  ];
}

function groupLines(pack: PlanPack): readonly string[] {
  return [...pack.groups, ...pack.functions].flatMap((g) => [
    `${g.zh}：${g.duties}${cite(g)}`,
    `    启动任务：${g.task}`,
    ...g.tasks.map((t) => `    ${t.zh}${cite(t)}`),
  ]);
}

function authorityLines({ authority, levels }: PlanPack, names: Names): readonly string[] {
  const at = (ranks: readonly number[] | undefined): string =>
    ranks === undefined ? '' : `（${ranks.map((rank) => levels.find((l) => l.rank === rank)?.sign ?? rank).join('、')}级）`;
  return authority.map((a) => `${actText(a.act)}${at(a.levels)}：${names(a.roles)}${cite(a)}`);
}

function activationLines({ activation: a }: PlanPack): readonly string[] {
  return [`${a.what}${papers(a.papers)}${cite(a)}`, ...a.triggers.map((t) => `情形：${t.zh}${papers(t.papers)}${cite(t)}`)];
}

function stepLines({ procedure }: PlanPack, profile: DeadlineProfile, names: Names): readonly string[] {
  return procedure.flatMap((s) => [
    `${s.seq}. ${s.zh}（${names(s.actor)}${s.actor_mark === 'S' ? '' : `，${markText(s.actor_mark)}`}）：${s.what}${cite(s)}`,
    ...(s.deadlines.length === 0 ? [] : [`    时限：${deadlineNames(profile, s.deadlines)}`]),
    ...(s.papers.length === 0 ? [] : [`    文书：${s.papers.map((kind) => PAPERS[kind]).join('、')}`]),
    ...(s.approval.length === 0 ? [] : [`    须经审定：${names(s.approval)}`]),
    ...s.tasks.map((t) => `    任务：${t.zh} → ${names(t.to)}${t.optional ? '（视情况）' : ''}${cite(t)}`),
  ]);
}

function deadlineNames(profile: DeadlineProfile, ids: readonly string[]): string {
  return ids.map((id) => profile.steps.find((s) => s.id === id)?.zh ?? id).join('、');
}

function pathLines({ reporting_paths }: PlanPack, profile: DeadlineProfile, names: Names): readonly string[] {
  return reporting_paths.map((p) => {
    const via = p.via.map((v) => `${names([v.by])}${v.does}`);
    const when = [p.condition, p.when, deadlineNames(profile, p.deadlines)].filter((text) => text !== undefined && text !== '').join('；');
    return `${p.zh}：${[names([p.from]), ...via, names(p.to)].join(' → ')}${when === '' ? '' : `（${when}）`}${papers(p.papers)}${cite(p)}`;
  });
}

/** Who enters a kind of record, and who answers, checks and decides it where the plan says so. */
function recordLines({ records }: PlanPack, profile: DeadlineProfile, names: Names): readonly string[] {
  return records.map((row) => {
    const others = [
      `${row.answer.length === 0 ? '' : `，${names(row.answer)}答复`}`,
      row.check.length === 0 ? '' : `，${names(row.check)}审核`,
    ];
    const decides = row.decide.length === 0 ? '' : `，${names(row.decide)}决定`;
    const due = row.due === undefined ? '' : `（${deadlineNames(profile, [row.due])}）`;
    return `${RECORD_KINDS[row.kind]}：${names(row.enter)}登记${others.join('')}${decides}${due}${row.before_end ? '，终止前应有' : ''}${cite(row)}`;
  });
}

function terminationLines({ termination: t }: PlanPack): readonly string[] {
  const criteria = t.criteria.map((c) => c.zh).join(t.need === 'any' ? '，或者' : '，并且');
  return [`${criteria}${papers(t.papers)}${cite(t)}`];
}

function deadlineLines(pack: PlanPack, profile: DeadlineProfile): readonly string[] {
  const columns = [
    ...pack.levels.map((l) => ({ zh: l.sign, id: l.profile_column })),
    { zh: pack.ungraded.zh, id: pack.ungraded.profile_column },
  ];
  return [
    `时限档案：${profile.title}（可选：${pack.deadline_profiles.join('、')}）`,
    ...profile.steps.map((s) => {
      const cells = columns.map(({ zh, id }) => `${zh} ${s.at_times?.[id]?.join(' ') ?? shown(s.minutes[id] ?? null)}`);
      return `${s.zh}：${cells.join('，')}（自${startText((pack.level_scheme === 'none' ? s.starts_level_free : undefined) ?? s.starts)}起；${sourced(basisText(s.basis), s.source)}）`;
    }),
    ...pack.deadline_overrides.map((o) => {
      const about = [...pack.matters, ...pack.categories].find(({ id }) => id === (o.matter ?? o.category))?.zh;
      return `${about ?? ''}另有规定，${deadlineNames(profile, [o.step])}：${o.source}（${basisText(o.basis)}）`;
    }),
  ];
}

const DAY = 1440;

function shown(minutes: number | null): string {
  if (minutes === null) return '不适用';
  return minutes % DAY === 0 ? `${minutes / DAY}日` : `${minutes}分钟`;
}

function settingLines({ settings }: PlanPack): readonly string[] {
  return settings.map((s) => {
    const now = s.value ?? s.default;
    const answer = s.kind === 'choice' ? s.options.find((o) => o.id === now)?.zh : `${now}${s.unit}`;
    return `${s.zh}：${answer ?? now}${s.value === undefined ? '（缺省）' : ''}${cite(s)}`;
  });
}
