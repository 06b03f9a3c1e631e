/** One route of the API, told once: mounted from this, documented from this, checked by the same schemas. */
import type { Context } from 'koa';
import type { z } from 'zod';
import type { IncidentAct, OfficeAct } from '../../core/rights/act';
import type { Who } from './callers';
import type { Signed } from './signature';

/** What a handler answers with; `location` where the thing it made is. */
export interface Given {
  readonly status?: number;
  readonly body: unknown;
  readonly location?: string;
  /** The body is a file of this media type, to be kept under this name. */
  readonly file?: { readonly name: string; readonly type: string };
  /** SHA-256 of a bundle's manifest. */
  readonly manifest?: string;
}

/** An answer by its status. */
export interface Answer {
  readonly what: string;
  readonly schema: z.ZodType;
  /** Media type of a file, or those a caller may choose from, the usual one first; JSON where it is not said. */
  readonly type?: string | readonly string[];
}

interface About {
  readonly method: 'get' | 'post';
  /** As the router writes it, `:n` for a parameter. */
  readonly path: string;
  /** Stable name for programs. */
  readonly id: string;
  /** What it does, in a line. */
  readonly what: string;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes it refuses with beside those of its guard and schemas, each with its status. */
  readonly refuses?: Readonly<Record<string, number>>;
  /** Bytes a body may have; 64 KB where it is not said. */
  readonly cap?: number;
  /** Media type of a body that is a file and not JSON. */
  readonly raw?: string;
  /** An example for each parameter of the path. */
  readonly examples?: Readonly<Record<string, string>>;
}

interface Checked<Q extends z.ZodType, B extends z.ZodType> {
  readonly query?: Q;
  readonly body?: B;
}

/** What every handler is given. */
export interface Call<Q, B> {
  readonly ctx: Context;
  readonly query: Q;
  readonly body: B;
  /** The body as it came. */
  readonly raw: Buffer;
  readonly params: Readonly<Record<string, string>>;
}

/** A route, whatever its schemas are. */
export type Route = About & { readonly query?: z.ZodType; readonly body?: z.ZodType } & (
    | { readonly guard: 'open'; handle(call: Call<unknown, unknown>): Promise<Given> }
    | {
        readonly guard: 'token';
        /** What the caller needs the right to, where it hangs on no single incident; machines need it in any case. */
        readonly act: IncidentAct | OfficeAct | 'command';
        handle(call: Call<unknown, unknown>, who: Who): Promise<Given>;
      }
    | { readonly guard: 'signature'; readonly idempotent: boolean; handle(call: Call<unknown, unknown>, signed: Signed): Promise<Given> }
  );

/** With a token; `Q` and `B` are what the schemas make of query and body. */
export function tokenRoute<Q extends z.ZodType = z.ZodUndefined, B extends z.ZodType = z.ZodUndefined>(
  route: About &
    Checked<Q, B> & {
      readonly act: IncidentAct | OfficeAct | 'command';
      readonly handle: (call: Call<z.infer<Q>, z.infer<B>>, who: Who) => Promise<Given>;
    },
): Route {
  return { ...route, guard: 'token', handle: (call, who) => route.handle(call as Call<z.infer<Q>, z.infer<B>>, who) } as Route;
}

/** With a signature over timestamp and raw body. */
export function signedRoute<B extends z.ZodType = z.ZodUndefined>(
  route: About &
    Checked<z.ZodUndefined, B> & {
      readonly idempotent: boolean;
      readonly handle: (call: Call<undefined, z.infer<B>>, signed: Signed) => Promise<Given>;
    },
): Route {
  return { ...route, guard: 'signature', handle: (call, signed) => route.handle(call as Call<undefined, z.infer<B>>, signed) } as Route;
}

/** For everybody: tells nothing of the office. */
export function openRoute(route: About & { readonly handle: () => Promise<Given> }): Route {
  return { ...route, guard: 'open' } as Route;
}
