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

/** Turns thrown faults into `{"error":{...}}`; anything unforeseen is a 500 that shows nothing of its inside. */
export function errorMiddleware(log: Log) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new HttpFault(404, 'not_found', '没有这个地址。');
    } catch (cause) {
      const fault = cause instanceof HttpFault ? cause : new HttpFault(500, 'internal', '内部错误，已记录。', '请稍后再试');
      if (fault.status >= 500) log.error({ path: ctx.path, cause }, 'request failed');
      else log.warn({ path: ctx.path, status: fault.status, code: fault.code }, 'request refused');
      ctx.status = fault.status;
      ctx.body = {
        error: { code: fault.code, message: fault.message, hint: fault.hint, ...(fault.field === undefined ? {} : { field: fault.field }) },
      };
    }
  };
}
