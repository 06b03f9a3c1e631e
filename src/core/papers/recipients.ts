/** Who a paper goes to, as the plan's reporting paths, the record it is about or the response itself say. */
import { tasksInOrder } from '../incident/numbered';
import { recordsOf } from '../incident/records/find';
import type { PlanPack } from '../plans/packSchema';
import { type Brief, type IncidentBrief, incidentOf } from './brief';
import type { PaperKind, Recipient } from './draft';
import { callsMembers } from './elements/response';
import { recipientOf } from './names';
import type { PaperWording } from './wording';

/** 主送 and 抄送. Empty where the plan names nobody: people then write it by hand. */
export function recipientsOf(brief: Brief): { readonly to: readonly Recipient[]; readonly copies: readonly Recipient[] } {
  return { to: unique(mainOf(brief).map((to) => recipientOf(brief, to))), copies: [] };
}

type To = Pick<Recipient, 'kind' | 'id'>;

function mainOf(whole: Brief): readonly To[] {
  if (whole.form.to === 'paths') return byPaths(whole);
  const brief = incidentOf(whole);
  return brief === null ? [] : mainOfIncident(brief);
}

function mainOfIncident(brief: IncidentBrief): readonly To[] {
  const { form, record } = brief;
  const { tasks, left } = record.state;
  switch (form.to) {
    case 'record':
      return otherSide(brief);
    case 'task': {
      const owner = (tasks[brief.ctx.about ?? ''] ?? tasksInOrder(record.state).at(-1))?.owner;
      return owner === undefined ? [] : [{ kind: 'person', id: owner }];
    }
    case 'transfer':
      return left === null || left.organ === null ? [] : [{ kind: 'party', id: left.organ }];
    case 'groups':
      return called(brief);
    case 'county':
      return county(brief);
    case 'paths':
    case 'nobody':
      return [];
  }
}

function byPaths({ kind, ctx }: Pick<Brief, 'kind' | 'ctx'>): readonly To[] {
  const line = new Map(ctx.rules.pack.parties.map((party) => [party.id, party.line]));
  return pathsOut(ctx.rules.pack, ctx.wording, kind).flatMap(({ to }) =>
    to.map((id): To => ({ kind: line.has(id) ? 'party' : 'role', id })),
  );
}

/** Both lines at once: every path that carries this kind and begins in this house; a kind no path names goes the way of the reports. Pure. */
export function pathsOut(
  { reporting_paths, parties }: Pick<PlanPack, 'reporting_paths' | 'parties'>,
  { kinds }: Pick<PaperWording, 'kinds'>,
  kind: PaperKind,
): PlanPack['reporting_paths'] {
  const line = new Map(parties.map((party) => [party.id, party.line]));
  const ours = reporting_paths.filter(({ from, to }) => line.get(from) !== 'subordinate' && to.length > 0);
  const carrying = ours.filter(({ papers }) => papers.includes(kind));
  return carrying.length > 0
    ? carrying
    : ours.filter(({ papers, to }) => papers.some((one) => kinds[one].follows) && to.some((id) => line.has(id)));
}

/** The other side of the record the paper is about; its owner where it goes to nobody. */
function otherSide({ record, ctx, form }: IncidentBrief): readonly To[] {
  const meant = record.state.records[ctx.about ?? ''];
  const found = meant ?? (form.record === undefined ? undefined : recordsOf(record.state, form.record).at(-1));
  return found === undefined ? [] : [found.to ?? { kind: 'person', id: found.owner }];
}

/** The groups that were called, or the organ itself where its members were, and the county. */
function called(brief: IncidentBrief): readonly To[] {
  const calls = Object.values(brief.record.state.asks).filter(({ kind, stoodDownAt }) => kind === 'call_out' && stoodDownAt === null);
  const groups = brief.ctx.rules.pack.groups.filter(({ id }) => calls.some(({ group }) => group === id));
  const organ: readonly To[] = callsMembers(brief) ? [{ kind: 'role', id: brief.ctx.rules.pack.command.id }] : [];
  return [...organ, ...groups.map(({ id }): To => ({ kind: 'group', id })), ...county(brief)];
}

function county({ record }: IncidentBrief): readonly To[] {
  return record.state.county === null ? [] : [{ kind: 'county', id: record.state.county }];
}

function unique(all: readonly Recipient[]): readonly Recipient[] {
  return all.filter(({ kind, id }, i) => all.findIndex((other) => other.kind === kind && other.id === id) === i);
}
