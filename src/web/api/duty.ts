/** `GET /api/v1/duty`, `/api/v1/duty/log`: the papers of the duty room, for whoever keeps duty, leads or audits; others see their own swaps. */
import { z } from 'zod';
import type { Swap } from '../../core/duty/events';
import { dutyReaders, rosterKeepers } from '../../core/duty/readers';
import { type DutyState, specialNow, waiting } from '../../core/duty/state';
import type { Caller } from '../../core/rights/may';
import { HttpFault } from '../errors';
import { dutyLogSchema, dutySchema } from './dutySchemas';
import { iso, isoOrNull } from './iso';
import type { ApiPorts } from './ports';
import { presentEntry, presentSheet, presentSwap, textsIn } from './presentDuty';
import { readable } from './reading';
import { type Route, tokenRoute } from './route';

const shiftQuery = z.strictObject({ shift: z.coerce.number().int().min(1).max(999_999).optional() });

export function dutyRoutes(ports: ApiPorts): readonly Route[] {
  return [duty(ports), log(ports)];
}

/** What of the duty room this caller is shown. */
function isReader(caller: Caller, state: DutyState | null): boolean {
  return caller.is === 'machine' || dutyReaders(caller.roster, state).includes(caller.person);
}

function duty(ports: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/duty', id: 'getDuty', act: 'read_on_duty' },
    what: 'The shift that stands, or one before it, its swaps, its hand-over sheet and what is owed now; what is not the caller’s to read is left empty',
    query: shiftQuery,
    answers: { 200: { what: 'The duty room', schema: dutySchema } },
    refuses: { no_such_shift: 404 },
    handle: async ({ query: { shift } }, { caller }) => {
      const papers = await ports.dutyPapers(shift ?? null);
      if (papers === null && shift !== undefined) throw noShift(shift);
      const state = papers?.state ?? null;
      const reads = isReader(caller, state);
      const may = { read: reads, keepRoster: caller.is === 'person' && rosterKeepers(caller.roster).includes(caller.person) };
      const at = ports.clock.now();
      if (papers === null || state === null)
        return { body: { at: iso(at), may, shift: null, swaps: [], sheet: null, obligations: [], own: [] } };
      const swaps = swapsOf(state).filter(({ swap }) => reads || isParty(caller, swap));
      const texts = await ports.views.texts(textsIn(state));
      const owed = reads ? await seen(ports, caller, papers.obligations) : [];
      return {
        body: {
          ...{ at: iso(at), may, shift: shiftOf(state, at) },
          swaps: swaps.map(({ swap, number, waitsFor }) => ({ ...presentSwap(swap, texts), number, waitsFor })),
          sheet: reads && state.sheet !== null ? await sheetFor(ports, caller, state.sheet, texts) : null,
          obligations: owed.map((one) => ({ ...one, dueAt: iso(one.dueAt) })),
          own: reads ? papers.own.map((one) => ({ ...one, dueAt: iso(one.dueAt) })) : [],
        },
      };
    },
  });
}

function noShift(n: number): HttpFault {
  return new HttpFault(404, 'no_such_shift', `没有第${n}班。`, '值班');
}

function shiftOf(state: DutyState, at: number) {
  const { n, status, openedAt, until, seats, signedIn, handedOver, closed } = state;
  return {
    ...{ n, status, openedAt: iso(openedAt), until: isoOrNull(until), special: specialNow(state, at) !== null },
    seats: seats.map((seat) => ({ ...seat, signedInAt: isoOrNull(signedIn[seat.person] ?? null) })),
    handedOver: signed(handedOver),
    closed: signed(closed),
  };
}

function signed(mark: DutyState['closed']) {
  return mark === null ? null : { by: mark.by, at: iso(mark.at) };
}

/** With the number by which it is meant while it runs, and whose word it waits for. */
function swapsOf(
  state: DutyState,
): readonly { readonly swap: Swap; readonly number: number | null; readonly waitsFor: readonly string[] }[] {
  const all = Object.values(state.swaps);
  const running = all.filter(({ stage }) => stage === 'asked' || stage === 'consented');
  return all.map((swap) => ({
    swap,
    number: running.includes(swap) ? running.indexOf(swap) + 1 : null,
    waitsFor: waiting(state).flatMap((ask) => (ask.swap === swap.id ? [ask.person] : [])),
  }));
}

function isParty(caller: Caller, { proposer, other }: Swap): boolean {
  return caller.is === 'person' && (proposer === caller.person || other === caller.person);
}

/** Of incidents only those the caller may read, as everywhere. */
async function seen<O extends { readonly n: number }>(ports: ApiPorts, caller: Caller, owed: readonly O[]): Promise<readonly O[]> {
  const mayRead = await readable(
    ports,
    caller,
    owed.map(({ n }) => n),
    'read_incident',
  );
  return owed.filter(({ n }) => mayRead.has(n));
}

async function sheetFor(ports: ApiPorts, caller: Caller, sheet: NonNullable<DutyState['sheet']>, texts: ReadonlyMap<string, string>) {
  return presentSheet({ ...sheet, obligations: await seen(ports, caller, sheet.obligations) }, texts);
}

function log({ dutyLog, views }: ApiPorts): Route {
  return tokenRoute({
    ...{ method: 'get', path: '/api/v1/duty/log', id: 'getDutyLog', act: 'read_on_duty' },
    what: 'The log of the shift that stands, or of the one of this number: entries by hand and what people did, the oldest first',
    query: shiftQuery,
    answers: { 200: { what: 'The log; null while nobody has opened a shift', schema: z.strictObject({ log: dutyLogSchema.nullable() }) } },
    refuses: { not_authorised: 403, no_such_shift: 404 },
    handle: async ({ query: { shift } }, { caller }) => {
      const found = await dutyLog(shift ?? null);
      if (found === null && shift !== undefined) throw noShift(shift);
      if (found === null) return { body: { log: null } };
      if (!isReader(caller, found.state)) throw new HttpFault(403, 'not_authorised', '值班日志由值班人员查看。', '需要查看请联系值班室');
      const { n, from, until, seats, entries } = found.log;
      const texts = await views.texts(entries.flatMap((entry) => ('text' in entry ? [entry.text.id] : [])));
      const shown = entries.map((entry) => presentEntry(entry, texts));
      return { body: { log: { n, from: iso(from), until: isoOrNull(until), seats, entries: shown } } };
    },
  });
}
