/** One shape for every error a caller sees, and one place that makes it. */
import type { Context, Next } from 'koa';
import type { Log } from '../ports/log';

export class HttpFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint = '',
    readonly field?: string,
  ) {
    super(message);
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
      const { status, code, message, hint, field } = fault;
      refused(status, code);
      if (fault !== cause) log.error({ path: ctx.path, cause }, 'request failed');
      else if (status < 500) log.warn({ path: ctx.path, status, code }, 'request refused');
      ctx.status = status;
      if (status === 408) ctx.set('connection', 'close');
      ctx.body = { error: { code, message, hint, ...(field === undefined ? {} : { field }) } };
    }
  };
}
