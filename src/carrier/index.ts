/** A carrier behind its port: two channels on one address, and how long it has been out of order. */
import type { Instant } from '../core/instant';
import type { Carrier } from '../ports/carrier';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Channel, Limit, SendResult } from '../ports/platform';
import { createLine, type Line, receiptOf, resultOf } from './line';
import type { CarrierSettings } from './settings';
import { spoken } from './words';

export interface CarrierDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Digits of a person's telephone as of now; null where none is registered. */
  readonly phoneOf: (person: string) => Promise<string | null>;
}

/** Nobody is sent more than this, whatever is owed. */
const LIMITS: Readonly<Record<'sms' | 'voice', readonly Limit[]>> = {
  sms: [{ perMs: 60_000, max: 4, reserve: 0 }],
  voice: [{ perMs: 60_000, max: 2, reserve: 0 }],
};
/** A repeat with the same key is the same message (docs/carriers.md). */
const REMEMBERS_MS = 24 * 3_600_000;
/** Out of order for so long, a carrier gives way to the next port of the ladder. */
const PATIENCE_MS = 60_000;

/** Connects nowhere before a `send`. How long it has been down is known to this process only, and learnt anew after a restart. */
export function createCarrier(settings: CarrierSettings, deps: CarrierDeps): Carrier {
  const line = createLine(settings, deps.clock);
  const kinds = (['sms', 'voice'] as const).filter((kind) => settings[kind]);
  const order = createOrder(deps);
  return {
    tenant: `carrier:${settings.id}`,
    channels: kinds.map((kind) => channelOf(kind, { settings, deps, line, order })),
    serves: Object.fromEntries(kinds.map((kind) => [kind, kind])),
  };
}

interface Parts {
  readonly settings: CarrierSettings;
  readonly deps: CarrierDeps;
  readonly line: Line;
  readonly order: (kind: string, result: SendResult) => SendResult;
}

/** Address: the person. Frozen: the text alone, so that no row holds the number. */
function channelOf(kind: 'sms' | 'voice', { settings, deps, line, order }: Parts): Channel {
  return {
    id: kind,
    via: 'http',
    pages: true,
    idempotent: { by: 'key', forMs: REMEMBERS_MS },
    limits: LIMITS[kind],
    split: (message) => [{ body: `${kind === 'sms' ? settings.signature : ''}${spoken(message)}` }],
    async send(frozen, to, key, stop) {
      const phone = await deps.phoneOf(to.address).catch(() => undefined);
      if (phone === undefined) return { is: 'road', code: 'roster_unread', blocks: 'outlet', waitMs: 5_000 };
      if (phone === null) return { is: 'refused', code: 'no_number', fault: 'receiver' };
      return order(kind, resultOf(await line.post(kind, { id: key, to: phone, text: frozen.body }, stop)));
    },
    receipt: async (ref, stop) => receiptOf(await line.receipt(ref, stop)),
  };
}

/** A road that stays broken is said once in the log, and turned into a refusal, so that the next way is taken. */
function createOrder({ clock, log }: CarrierDeps): Parts['order'] {
  const downSince = new Map<string, Instant>();
  return (kind, result) => {
    if (result.is !== 'road') {
      if (result.is !== 'unknown' && downSince.delete(kind)) log.info({ kind }, 'the carrier answers again');
      return result;
    }
    const since = downSince.get(kind) ?? clock.now();
    if (!downSince.has(kind)) log.error({ kind, code: result.code }, 'the carrier is out of order');
    downSince.set(kind, since);
    return clock.now() - since >= PATIENCE_MS ? { is: 'refused', code: 'carrier_down', fault: 'capability' } : result;
  };
}
