/** Every kind of stream that rings, on the one engine: incidents, shifts of the duty room, entries of the registers. */
import { decide as decideAdmin } from '../core/admin/decide';
import type { AdminCommand, AdminEvent } from '../core/admin/events';
import { ADMIN_V, type AdminState, evolve as evolveAdmin, upcast as upcastAdmin } from '../core/admin/state';
import type { DutyCommand } from '../core/duty/commands';
import { deadlines as dutyDeadlines } from '../core/duty/deadlines';
import { decide as decideDuty } from '../core/duty/decide';
import type { DutyEvent } from '../core/duty/events';
import { evolve as evolveDuty, upcast as upcastDuty } from '../core/duty/evolve';
import { notices as dutyNotices } from '../core/duty/notices';
import { DUTY_V, type DutyState } from '../core/duty/state';
import type { RegisterCommand } from '../core/register/commands';
import { deadlines as registerDeadlines } from '../core/register/deadlines';
import { decide as decideRegister } from '../core/register/decide';
import type { RegisterEvent } from '../core/register/events';
import { evolve as evolveRegister, upcast as upcastRegister } from '../core/register/evolve';
import { notices as registerNotices } from '../core/register/notices';
import { REGISTER_V, type RegisterState } from '../core/register/state';
import type { Tx } from '../ports/store';
import type { StreamKind } from '../ports/streams';
import { asksChanged } from './asks';
import type { Deps } from './deps';
import { executeIn, type Outcome, type Request } from './execute';
import { INCIDENT } from './incident';
import type { Life } from './life';

/** One stream is one shift. */
export const DUTY: Life<DutyState, DutyEvent, DutyCommand> = {
  ...{ kind: 'duty', v: DUTY_V },
  ...{ decide: decideDuty, evolve: evolveDuty, upcast: upcastDuty, deadlines: dutyDeadlines, notices: dutyNotices },
  ...{ asks: asksChanged, row: () => null, status: (state) => state.status },
};

/** One stream is one entry: a risk, a store of goods, a drill. */
export const REGISTER: Life<RegisterState, RegisterEvent, RegisterCommand> = {
  ...{ kind: 'register', v: REGISTER_V },
  ...{ decide: decideRegister, evolve: evolveRegister, upcast: upcastRegister, deadlines: registerDeadlines, notices: registerNotices },
  ...{ asks: () => [], row: () => null, status: (state) => state.status },
};

/** One stream is one year; nothing is owed and nobody is told. */
export const ADMIN: Life<AdminState, AdminEvent, AdminCommand> = {
  ...{ kind: 'admin', v: ADMIN_V },
  ...{ decide: decideAdmin, evolve: evolveAdmin, upcast: upcastAdmin, deadlines: () => [], notices: () => [] },
  ...{ asks: () => [], row: () => null, status: () => 'kept' },
};

/** What every life understands: these deadlines ring now. */
type Ring = { readonly type: 'RingDeadlines'; readonly keys: readonly string[]; readonly undelivered?: readonly string[] };
type RingIn = (tx: Tx, deps: Deps, request: Request<Ring>) => Promise<Outcome<unknown, unknown>>;

function ringing<S, E extends { readonly type: string; readonly v: number }, C extends { readonly type: string }>(
  life: Life<S, E, C | Ring>,
): RingIn {
  return (tx, deps, request) => executeIn(life, tx, deps, request);
}

/** Rings of a stream, by its kind; the record of administration owes nothing and never rings. */
export const RINGS: Readonly<Record<Exclude<StreamKind, 'admin'>, RingIn>> = {
  incident: ringing(INCIDENT),
  duty: ringing(DUTY),
  register: ringing(REGISTER),
};
