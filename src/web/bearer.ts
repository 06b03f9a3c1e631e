/** The API is never open: every call under /api/v1 bears the token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Next } from 'koa';
import { HttpFault } from './errors';

/** 401 without the right `Authorization: Bearer`; compared in constant time. */
export function bearer(token: string) {
  const wanted = digest(token);
  return async (ctx: Context, next: Next): Promise<void> => {
    const given = /^Bearer (.{1,512})$/.exec(ctx.get('authorization'))?.[1] ?? '';
    if (!timingSafeEqual(digest(given), wanted))
      throw new HttpFault(401, 'unauthorised', '缺少或不正确的访问令牌。', 'Authorization: Bearer <API_TOKEN>');
    return next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
