/** One shape for every error a caller sees, and one place that makes it. */
import type { Context, Next } from 'koa';
import type { Log } from '../ports/log';

/** One field of a request and what is wrong with it. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

export class HttpFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint = '',
    readonly field?: string,
    /** All that is wrong, where it is more than one thing. */
    readonly faults?: readonly FieldFault[],
  ) {
    super(message);
  }
}

/** 429: too much for now; said in a header too, so that a program need not read the hint. */
export class TooSoon extends HttpFault {
  /** Whole seconds, so that nobody comes back a moment too early. */
  readonly seconds: number;

  constructor(waitMs: number, code: string, message: string, hint: (seconds: number) => string) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    super(429, code, message, hint(seconds));
    this.seconds = seconds;
  }
}

/**
 * Turns thrown faults into `{"error":{...}}`; anything unforeseen is a 500 that shows nothing of its inside. `refused` counts them all.
 * A refusal is one line of the log; a callback that cannot be stored is counted only, since a flood of them must stay cheap and
 * intake itself says why.
 */
export function errorMiddleware(log: Log, refused: (status: number, code: string) => void) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new HttpFault(404, 'not_found', '没有这个地址。');
    } catch (cause) {
      const fault = cause instanceof HttpFault ? cause : new HttpFault(500, 'internal', '内部错误，已记录。', '请稍后再试');
      const { status, code, message, hint, field, faults } = fault;
      refused(status, code);
      if (fault !== cause) log.error({ path: ctx.path, cause }, 'request failed');
      else if (status < 500) log.warn({ path: ctx.path, status, code, ...whoIn(ctx) }, 'request refused');
      ctx.status = status;
      if (status === 408) ctx.set('connection', 'close');
      if (fault instanceof TooSoon) ctx.set('retry-after', String(fault.seconds));
      ctx.body = { error: { code, message, hint, ...(field === undefined ? {} : { field }), ...(faults === undefined ? {} : { faults }) } };
    }
  };
}

/** Who was refused, as far as it is known: ids only. */
function whoIn(ctx: Context): { readonly system?: string; readonly person?: string } {
  const { system, person } = ctx.state as { readonly system?: string; readonly person?: string };
  return { ...(system === undefined ? {} : { system }), ...(person === undefined ? {} : { person }) };
}
