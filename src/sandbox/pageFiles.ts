/** Serves the chat page's few files from the source folder: there is no build step for them. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Context } from 'koa';
import { SandboxRefusal } from './refusal';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

let folder: string | undefined;

/** Answers one file of `src/sandbox/page`; the bare `/sandbox` is sent to `/sandbox/`, so that relative links hold. */
export async function servePage(context: Context, file: string): Promise<void> {
  if (context.path === '/sandbox') return context.redirect('/sandbox/');
  const type = TYPES[extname(file)];
  const path = type && /^[a-z]+\.[a-z]+$/i.test(file) ? join(pageFolder(), file) : '';
  if (!existsSync(path)) throw new SandboxRefusal(404, 'no_file', '没有这个文件。', '聊天页面在 /sandbox/。');
  context.set('content-security-policy', "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'");
  context.set('cache-control', 'no-cache');
  context.set('content-type', type ?? 'application/octet-stream');
  context.body = await readFile(path);
}

/** Walks up to the repository root, because the compiled file lies in another folder than its source. */
function pageFolder(): string {
  for (let up = __dirname; folder === undefined && up !== dirname(up); up = dirname(up)) {
    const candidate = join(up, 'src', 'sandbox', 'page');
    if (existsSync(join(candidate, 'index.html'))) folder = candidate;
  }
  return folder ?? __dirname;
}
