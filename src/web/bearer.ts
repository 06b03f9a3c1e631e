/** Bearer tokens: compared in constant time, whichever of them it is. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Next } from 'koa';
import { HttpFault } from './errors';

/** The owner of the token that was sent; throws HttpFault 401 `unauthorised` when it is nobody's. Every token is compared, so time tells nothing. */
export function ownerOf<T>(ctx: Context, owners: readonly { readonly token: string; readonly owner: T }[]): T {
  const given = digest(/^Bearer (.{1,512})$/.exec(ctx.get('authorization'))?.[1] ?? '');
  const found = owners.filter(({ token }) => timingSafeEqual(given, digest(token)))[0];
  if (found === undefined) throw new HttpFault(401, 'unauthorised', '缺少或不正确的访问令牌。', 'Authorization: Bearer <API_TOKEN>');
  return found.owner;
}

/** One token alone: 401 without the right `Authorization: Bearer`. */
export function bearer(token: string) {
  return async (ctx: Context, next: Next): Promise<void> => {
    ownerOf(ctx, [{ token, owner: null }]);
    return next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
