/** The columns that built queries read, as types, and the builder itself. Hand-kept beside `migrations/`; running is `built` in ../sql. */

import type { ColumnType, Generated, Selectable } from 'kysely';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { Deadline } from '../../core/deadlines/deadline';
import type { Instant } from '../../core/instant';
import type { Prompt } from '../../ports/inbox';
import type { DeliveryState, SendingWay } from '../../ports/sending';
import type { Mode, StreamKind } from '../../ports/streams';

/** Read as epoch milliseconds, written as ISO text. */
type Moment = ColumnType<Instant, string, string>;
type MomentOrNull = ColumnType<Instant | null, string | null, string | null>;
/** Read as a value, written as JSON text. */
type Json<T = unknown> = ColumnType<T, string, string>;
type Route = SendingWay & { readonly outlet: string };

/** Tables by name, each with the columns that built queries use. */
export interface Tables {
  streams: {
    id: string;
    seq: Generated<string>;
    kind: StreamKind;
    mode: Mode;
    n: number;
    version: number;
    head_hash: string;
    state: Json;
    state_v: number;
    rulebook: string;
    status: string;
    updated_at: MomentOrNull;
  };
  events: {
    stream_id: string;
    version: number;
    type: string;
    v: number;
    at: Moment;
    actor_person: string | null;
    cause_kind: string;
    cause_id: string;
    body: string;
    prev_hash: string;
    hash: string;
  };
  rulebooks: { hash: string; pack_id: string; pack_version: string; pack_source: string; profile_source: string; loaded_at: Moment };
  vault: { id: string; stream_id: string | null; kind: string; salt: string | null; body: string | null; commitment: string | null };
  incidents: {
    stream_id: string;
    n: number;
    mode: Mode;
    status: string;
    plan: string | null;
    category: string | null;
    level: number | null;
    county: string | null;
    title: string;
    received_at: Moment;
    activated_at: MomentOrNull;
    ended_at: MomentOrNull;
    purge_after: MomentOrNull;
    rulebook: string;
    people: string[];
    called_groups: string[];
  };
  asks: {
    stream_id: string;
    ask_id: string;
    person_id: string;
    kind: string;
    asked_at: Moment;
    answered_at: MomentOrNull;
    answer: string | null;
  };
  deadlines: {
    stream_id: string;
    key: string;
    kind: string;
    owner: string;
    base_at: Moment;
    due_at: Moment;
    next_at: MomentOrNull;
    stage: number;
    status: Deadline['status'];
    basis: string;
    why: string;
  };
  inbox: {
    id: string;
    tenant: string;
    source: string;
    room_id: string | null;
    account: string;
    received_at: Moment;
    vault_id: string | null;
    stream_id: string | null;
    version: number | null;
    outcome: string | null;
  };
  prompts: {
    id: string;
    conversation_id: string;
    person_id: string;
    kind: Prompt['kind'];
    code: string | null;
    command: Json | null;
    expires_at: Moment;
    state: Generated<'open' | 'used' | 'expired' | 'replaced'>;
  };
  deliveries: {
    id: Generated<string>;
    stream_id: string | null;
    purpose: string;
    addressee: string;
    leg: string;
    lane: number;
    routes: Json<readonly Route[]>;
    rung: number;
    outlet_id: string | null;
    not_before: Moment;
    state: DeliveryState;
    reason: string | null;
    at: Moment;
    event_version: number | null;
    attempts: number;
  };
  people: { id: string; position: number; name: string; post: string; phone: string | null };
  counties: { id: string; position: number; names: string[] };
  rooms: { id: string; position: number; name: string; kind: string; county: string | null; plans: string[]; exposure: string };
  memberships: { room_id: string; person_id: string; position: number };
  roles: { position: number; person_id: string; role: string; scope: string | null; from_at: MomentOrNull; until_at: MomentOrNull };
  shifts: { position: number; person_id: string; role: string; from_at: Moment; until_at: MomentOrNull };
}

/** A row of a table as a built query reads it. */
export type Row<T extends keyof Tables> = Selectable<Tables[T]>;

/** Builds queries for PostgreSQL and runs none. */
export const build = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
