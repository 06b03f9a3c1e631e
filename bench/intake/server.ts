/** A process that takes callbacks in one of four ways; its parent chooses which by the environment and hears the address. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openPool } from '../../src/store/pool';
import { MOST_CONNECTIONS } from '../../src/wiring/listening';
import { answerParent } from '../child';
import { fenghuo } from './fenghuo';
import { hello, peer } from './peer';

/** `fenghuo`: the whole route; `nowhere`: the same with a store that keeps nothing; `peer`: what one would write without it; `hello`: koa alone. */
export type Way = 'fenghuo' | 'nowhere' | 'peer' | 'hello';

const pool = openPool(process.env.BENCH_DATABASE_URL ?? '', { max: 12 });

function handlerOf(way: Way): RequestListener {
  if (way === 'hello') return hello();
  return way === 'peer' ? peer(pool) : fenghuo(pool, way === 'fenghuo');
}

const listening = new Promise<string>((resolve) => {
  const server = createServer(handlerOf(process.env.BENCH_WAY as Way));
  // As many connections may wait as the program lets wait, whichever way is measured.
  server.listen({ port: 0, host: '127.0.0.1', backlog: MOST_CONNECTIONS }, () =>
    resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  );
});

answerParent<null, string>(() => listening);
