/** `GET /api/v1/stream`: server-sent events: which incident is at which version, which of one's own long work is further, the office's moment; the page asks again for what it shows. */
import { PassThrough } from 'node:stream';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Clock } from '../ports/clock';
import { type CallerPorts, callerOf, type Who } from './api/callers';
import { iso } from './api/iso';
import type { ApiPorts } from './api/ports';
import { readable } from './api/reading';
import { ownerOf } from './api/work';
import { HttpFault } from './errors';
import type { Feed, News } from './feed';

/** A line now and then keeps proxies from closing a quiet connection. */
const BEAT_MS = 20_000;
/** Open pages of this process; the next is told to ask again later. */
const MOST_OPEN = 500;
const AGAIN_MS = 2_000;

/** Adds the route; each caller is told only of incidents he may see in a list. */
export function mountStream(router: Router, ports: ApiPorts & CallerPorts, feed: Feed): void {
  let open = 0;
  router.get('/api/v1/stream', async (ctx) => {
    const who = await callerOf(ctx, ports);
    if (!who.scopes.includes('read')) throw new HttpFault(403, 'token_scope', '这个令牌没有此项权限。', '需要 read');
    if (open >= MOST_OPEN) throw new HttpFault(503, 'overloaded', '打开的页面太多。', '请稍后再试');
    open += 1;
    const end = send(ctx, ports.clock, (told) =>
      feed.watch((news) => void seenBy(ports, ctx, who, news).then(told, () => ctx.res.destroy())),
    );
    ctx.res.once('close', () => {
      open -= 1;
      end();
    });
  });
}

/** The caller is asked anew each time: a session may have ended, a person may have left. */
async function seenBy(ports: ApiPorts & CallerPorts, ctx: Context, before: Who, { moved, work }: News): Promise<News> {
  const now = before.caller.is === 'machine' ? before : await callerOf(ctx, ports);
  const numbers = moved.map(({ n }) => n);
  const seen = await readable(ports, now.caller, numbers, 'list_incidents');
  return { moved: moved.filter(({ n }) => seen.has(n)), work: work.filter(({ owner }) => owner === ownerOf(now)) };
}

function send(ctx: Context, clock: Clock, watch: (told: (news: News) => void) => () => void): () => void {
  const lines = new PassThrough();
  ctx.set({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  ctx.status = 200;
  ctx.body = lines;
  const tell = (event: string, data: unknown) => lines.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const tellTime = () => tell('clock', { at: iso(clock.now()) });
  lines.write(`retry: ${AGAIN_MS}\n`);
  tell('open', {});
  tellTime();
  const beat = setInterval(() => lines.write(': \n\n'), BEAT_MS);
  const unwatch = watch(({ moved, work }) => {
    tellTime();
    for (const one of moved) tell('moved', one);
    for (const { id } of work) tell('work', { id });
  });
  return () => {
    clearInterval(beat);
    unwatch();
    lines.end();
  };
}
