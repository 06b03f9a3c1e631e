/** Serves the built pages: one file for every address below `/console/`, and what it loads. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
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

/** Adds the pages; where none were built, a sentence says what to do. */
export function mountPages(router: Router, folder = pagesFolder()): void {
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
    if (!existsSync(path))
      throw new HttpFault(503, 'no_pages', '网页还没有生成。', '刚启动时请等一分钟再刷新；一直如此请在服务器上运行 npm run build');
    ctx.set('cache-control', 'no-cache');
    await send(ctx, path, 'text/html; charset=utf-8');
  });
}

async function send(ctx: Context, path: string, type: string): Promise<void> {
  ctx.set('content-security-policy', POLICY);
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('referrer-policy', 'same-origin');
  ctx.set('content-type', type);
  ctx.body = await readFile(path);
}

/** Walks up to the root of the repository: sources and what is compiled from them lie at different depths. The pages may be built later. */
function pagesFolder(): string {
  let root = __dirname;
  while (!existsSync(join(root, 'bin', 'fenghuo.js')) && root !== dirname(root)) root = dirname(root);
  return join(root, 'dist', 'console');
}
