/** `GET /api/v1/system`: findings of the self-check, long connections, sending addresses with their windows, what a month has used, settings in force. */
import { z } from 'zod';
import type { Roster } from '../../core/roster/roster';
import type { OutletFacts } from '../../ports/running';
import { iso, isoOrNull } from './iso';
import type { ApiPorts } from './ports';
import { type Route, tokenRoute } from './route';
import { moment } from './schemaMoment';

const text = z.string();
const systemSchema = z.strictObject({
  at: moment,
  findings: z.array(z.strictObject({ id: text, is: z.enum(['good', 'note', 'fault']), zh: text, mend: text })),
  lines: z.array(z.strictObject({ id: text, held: z.boolean(), heardSecondsAgo: z.number().nullable() })),
  outlets: z.array(
    z.strictObject({
      tenant: text,
      channel: text,
      address: text.meta({ description: 'Its last signs only' }),
      addressee: text
        .nullable()
        .meta({ description: 'Whom it reaches: `room:duty`, `person:duty1`; null where nobody of ours is known by it' }),
      used: z.int().meta({ description: 'Calls that count in the window now' }),
      most: z.int().nullable().meta({ description: 'The narrowest window of the channel; null where it has none' }),
      perSeconds: z.number().nullable(),
      waiting: z.int(),
      busy: z.boolean(),
      blockedUntil: moment.nullable(),
      blockedWhy: text.nullable(),
      failures: z.int(),
    }),
  ),
  meters: z.array(z.strictObject({ name: text, calls: z.int(), until: moment })),
  settings: z.array(z.strictObject({ name: text, value: text })).meta({ description: 'Secrets only as set' }),
});

/** For whoever looks after the running of it all; no word of any message is in it. */
export function systemRoutes(ports: ApiPorts): readonly Route[] {
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/system', id: 'getSystem', act: 'read_operation' },
      what: 'Findings of the self-check, connections, sending addresses that are used or in trouble, meters of the month, settings in force',
      answers: { 200: { what: 'How it all runs', schema: systemSchema } },
      handle: async () => {
        const { running, clock, settingsShown, directory } = ports;
        const now = clock.now();
        const [found, lines, outlets, meters, roster] = await Promise.all([
          ports.examine(),
          running.lines(),
          running.outlets(now),
          running.meters(),
          directory.at(now),
        ]);
        return {
          body: {
            at: iso(now),
            findings: found,
            lines: lines.map(({ id, isHeld, heardAgoMs }) => ({
              id,
              held: isHeld,
              heardSecondsAgo: heardAgoMs === null ? null : heardAgoMs / 1000,
            })),
            outlets: outlets.map((outlet) => ({ ...outletShown(ports, outlet, now), addressee: addresseeOf(ports, outlet, roster) })),
            meters: meters.map((meter) => ({ ...meter, until: iso(meter.until) })),
            settings: Object.entries(settingsShown).map(([name, value]) => ({ name, value })),
          },
        };
      },
    }),
  ];
}

/** An address is an account or a group of its platform, or the person or room itself. */
function addresseeOf({ platforms }: Pick<ApiPorts, 'platforms'>, { tenant, address }: OutletFacts, { people }: Roster): string | null {
  const platform = platforms.find((p) => p.tenant === tenant);
  const person = people.has(address) ? address : (platform?.personOf(address) ?? null);
  if (person !== null) return `person:${person}`;
  const room = platform?.roomOf(address) ?? (platform?.routesToRoom(address).length ? address : null);
  return room === null ? null : `room:${room}`;
}

/** The window that is nearest to full; a part of an address may be a key. */
function outletShown({ platforms }: Pick<ApiPorts, 'platforms'>, outlet: OutletFacts, now: number) {
  const { tenant, channel, address, recent, waiting, isBusy, blockedUntil, blockedWhy, failures } = outlet;
  const limits = platforms.find((p) => p.tenant === tenant)?.channels.find(({ id }) => id === channel)?.limits ?? [];
  const windows = limits.map(({ max, perMs }) => ({
    used: recent.filter((moment) => moment > now - perMs).length,
    most: max,
    perSeconds: perMs / 1000,
  }));
  const nearest = windows.sort((a, b) => b.used / b.most - a.used / a.most)[0] ?? { used: recent.length, most: null, perSeconds: null };
  const blocked = blockedUntil !== null && blockedUntil > now;
  return {
    ...{ tenant, channel, address: `…${address.slice(-4)}`, ...nearest, waiting, busy: isBusy, failures },
    ...{ blockedUntil: isoOrNull(blocked ? blockedUntil : null), blockedWhy: blocked ? blockedWhy : null },
  };
}
