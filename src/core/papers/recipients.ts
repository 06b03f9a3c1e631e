/** Who a paper goes to, as the plan's reporting paths, the record it is about or the response itself say. */
import type { IncidentBrief } from './brief';
import type { Recipient } from './draft';
import { recipientOf } from './names';

/** 主送 and 抄送. Empty where the plan names nobody: people then write it by hand. */
export function recipientsOf(brief: IncidentBrief): { readonly to: readonly Recipient[]; readonly copies: readonly Recipient[] } {
  return { to: unique(mainOf(brief).map((to) => recipientOf(brief, to))), copies: [] };
}

type To = Pick<Recipient, 'kind' | 'id'>;

function mainOf(brief: IncidentBrief): readonly To[] {
  switch (brief.form.to) {
    case 'paths':
      return byPaths(brief);
    case 'about':
      return aboutWhom(brief);
    case 'groups':
      return called(brief);
    case 'county':
      return county(brief);
    case 'nobody':
      return [];
  }
}

/** Both lines at once: the government and the superior, of every path that carries this kind and begins in this house. */
function byPaths({ kind, ctx }: IncidentBrief): readonly To[] {
  const { reporting_paths, parties } = ctx.rules.pack;
  const line = new Map(parties.map((party) => [party.id, party.line]));
  const ours = reporting_paths.filter(({ from }) => line.get(from) !== 'subordinate');
  const carrying = ours.filter(({ papers }) => papers.includes(kind));
  const paths = carrying.some(({ to }) => to.some((id) => line.has(id))) ? carrying : [];
  return paths.flatMap(({ to }) => to.flatMap((id): To[] => (line.has(id) ? [{ kind: 'party', id }] : [])));
}

/** The other side of the record, call, task or directive the paper is about; of a transfer the organ it went to. */
function aboutWhom({ record, ctx, kind }: IncidentBrief): readonly To[] {
  const { records, tasks, calls, directives, left } = record.state;
  const id = ctx.about ?? '';
  const to = records[id]?.to;
  if (to !== null && to !== undefined) return [to];
  const owner = tasks[id]?.owner ?? directives[id]?.assignee ?? null;
  if (owner !== null) return [{ kind: 'person', id: owner }];
  const party = calls.find((call) => call.id === id)?.party ?? null;
  if (party !== null) return [{ kind: 'party', id: party }];
  return kind === 'transfer_letter' && left !== null && left.organ !== null ? [{ kind: 'party', id: left.organ }] : [];
}

/** The groups that were called, and the county. */
function called(brief: IncidentBrief): readonly To[] {
  const calls = Object.values(brief.record.state.asks).filter(({ kind, stoodDownAt }) => kind === 'call_out' && stoodDownAt === null);
  const groups = brief.ctx.rules.pack.groups.filter(({ id }) => calls.some(({ group }) => group === id));
  return [...groups.map(({ id }): To => ({ kind: 'group', id })), ...county(brief)];
}

function county({ record }: IncidentBrief): readonly To[] {
  return record.state.county === null ? [] : [{ kind: 'county', id: record.state.county }];
}

function unique(all: readonly Recipient[]): readonly Recipient[] {
  return all.filter(({ kind, id }, i) => all.findIndex((other) => other.kind === kind && other.id === id) === i);
}
