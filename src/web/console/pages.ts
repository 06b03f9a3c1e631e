/** Serves the built pages: one file for every address below `/console/`, and what it loads. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { HttpFault } from '../errors';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** Nothing from elsewhere, no script in the page itself, no frame around it. Styles that scripts set on an element are no inline styles. */
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/** The built names bear the hash of what is in them. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Where the built pages lie, and how they are built anew. */
export interface Pages {
  readonly folder: string;
  /** Builds them where they are not fresh, beside everything else; may be called at any time. */
  make(): void;
}

/** While they are built: asks again by itself. */
const WAITING = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>烽火</title>
<p>网页正在生成，约一分钟后自动打开。一直如此请在服务器上运行 npm run build。</p>`;

/** Adds the pages. The first visit has them built where they are not fresh, so that a server nobody visits builds none. */
export function mountPages(router: Router, { folder, make }: Pages): void {
  let isVisited = false;
  router.get('/console/assets/:file', async (ctx) => {
    const { file = '' } = ctx.params as Record<string, string>;
    const type = TYPES[extname(file)];
    const path = join(folder, 'assets', file);
    if (type === undefined || !/^[\w.-]+$/.test(file) || !existsSync(path)) throw new HttpFault(404, 'not_found', '没有这个地址。');
    ctx.set('cache-control', FOREVER);
    await send(ctx, path, type);
  });
  router.get('/console{/*page}', async (ctx) => {
    if (ctx.path === '/console') return ctx.redirect('/console/');
    const path = join(folder, 'index.html');
    const isThere = existsSync(path);
    if (!isVisited || !isThere) make();
    isVisited = true;
    ctx.set('cache-control', 'no-cache');
    if (isThere) return send(ctx, path, 'text/html; charset=utf-8');
    ctx.status = 503;
    ctx.set({ 'retry-after': '5', 'content-type': 'text/html; charset=utf-8' });
    ctx.body = WAITING;
  });
}

async function send(ctx: Context, path: string, type: string): Promise<void> {
  ctx.set('content-security-policy', POLICY);
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('referrer-policy', 'same-origin');
  ctx.set('content-type', type);
  ctx.body = await readFile(path);
}
