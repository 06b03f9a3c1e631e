/** What a caller may read of incidents: a machine with the scope all of them, a person what the policy gives him. */
import type { IncidentState } from '../../core/incident/state';
import type { IncidentAct } from '../../core/rights/act';
import { type Caller, may } from '../../core/rights/may';
import { SEES_ALL, SEES_NOTHING, type Sight, sightOf } from '../../core/rights/sight';
import { viewedIncident } from '../../handlers/incident';
import type { IncidentRow } from '../../ports/streams';
import { HttpFault } from '../errors';
import type { ApiPorts } from './ports';
import type { SeenView, Source } from './present';
import { LARGEST_NUMBER } from './query';

/** The incident of this number. Throws HttpFault 404 `no_incident`, also for one the caller may not know of, and 403 where he may know but not read. */
export async function readIncident(ports: ApiPorts, n: number, caller: Caller, act: IncidentAct): Promise<SeenView> {
  const view = await viewOf(ports, n);
  if (view === null) throw noIncident();
  const answered = await rightTo(ports, caller, view, act);
  if (answered.is === 'yes') return view;
  const known = await rightTo(ports, caller, view, 'list_incidents');
  throw known.is === 'yes' || answered.code === 'content_apart'
    ? new HttpFault(403, answered.code, answered.zh, answered.hint)
    : noIncident();
}

/** Of these numbers the ones the caller may do the act on. */
export async function readable(
  ports: ApiPorts,
  caller: Caller,
  numbers: readonly number[],
  act: IncidentAct,
): Promise<ReadonlySet<number>> {
  return ports.views.seen(numbers, await sightFor(ports, caller, act));
}

/** What a caller sees of all incidents, to be asked of the rows: a machine that may read sees all, any other nothing. */
export async function sightFor({ views, rulebookOf }: ApiPorts, caller: Caller, act: IncidentAct): Promise<Sight> {
  if (caller.is === 'machine') return may(caller, act).is === 'yes' ? SEES_ALL : SEES_NOTHING;
  const rulebooks = await Promise.all((await views.rulebooks()).map(rulebookOf));
  return sightOf(caller.roster, caller.person, act, rulebooks);
}

/** All reports of a matter: its own, then those joined to it. */
export async function sourcesOf(ports: ApiPorts, { row, state }: SeenView): Promise<readonly Source[]> {
  const [first] = (await ports.views.events(row.n, 0, 1)) ?? [];
  const joined = await Promise.all(state.absorbed.map((n) => viewOf(ports, n)));
  return [
    sourceOf(row, state, first?.at ?? state.receivedAt),
    ...joined.flatMap((v) => (v === null ? [] : [sourceOf(v.row, v.state, v.state.receivedAt)])),
  ];
}

/** Throws HttpFault 404 `no_incident` for what is no number at all. */
export function numberIn(params: Readonly<Record<string, string>>): number {
  const n = Number(params.n);
  if (!Number.isInteger(n) || n < 1 || n > LARGEST_NUMBER) throw noIncident();
  return n;
}

function sourceOf({ n }: Pick<IncidentRow, 'n'>, { reportedBy, via }: IncidentState, receivedAt: number): Source {
  return { n, receivedAt, reportedBy, via: via ?? null };
}

async function rightTo({ rulebookOf, clock }: ApiPorts, caller: Caller, { rulebook, state }: SeenView, act: IncidentAct) {
  return may(caller, act, { rules: await rulebookOf(rulebook), state, at: clock.now() });
}

async function viewOf({ views }: ApiPorts, n: number): Promise<SeenView | null> {
  const view = await views.incident(n);
  const state = view === null ? null : await viewedIncident(views, view);
  return view === null || state === null ? null : { ...view, state };
}

function noIncident(): HttpFault {
  return new HttpFault(404, 'no_incident', '没有这起事件。');
}
