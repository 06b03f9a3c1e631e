/** Keeps one server running: a server that ends unasked is started again until it is there, or until we stop. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { EmbeddedFault } from './faults';
import type { Server } from './launch';

export interface Supervised {
  readonly first: Server;
  /** Clears the way after a crash and starts a server on the same address; its faults are told and it is called again. */
  readonly start: () => Promise<Server>;
  /** Ends a server in order; nothing happens when it has ended already. */
  readonly end: (server: Server) => Promise<void>;
  /** Whether the way to the server is still there: programs that clean temporary folders take sockets away. */
  readonly isReachable: () => boolean;
  readonly log: Logger;
}

export interface Supervisor {
  /** Number of the server's process now; the last one's while there is none. */
  pid(): number;
  /** No server runs when it resolves, be it one that was just being started. May be called twice. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;
/** The same reason is told again only so often. */
const TELL_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 2000;

/** Watches `first` and its successors: one line in the log when the server is lost, one when it is back, and the reasons between. */
export function supervise({ first, start, end, isReachable, log }: Supervised): Supervisor {
  let server = first;
  let isUp = true;
  let isMending = false;
  const stopping = new AbortController();
  const { signal } = stopping;
  const watch = async (): Promise<void> => {
    for (;;) {
      isUp = true;
      await server.ended;
      isUp = false;
      if (signal.aborted) return;
      const lostAt = performance.now();
      log.error({ pid: server.pid }, '内置数据库意外退出，正在重新启动。');
      const next = await startAgain(start, signal, log);
      if (!next) return;
      server = next;
      if (signal.aborted) return;
      log.warn({ pid: next.pid, downMs: Math.round(performance.now() - lostAt) }, '内置数据库已恢复运行。');
    }
  };
  const watching = watch();
  const looking = setInterval(() => {
    if (!isUp || isMending || isReachable()) return;
    isMending = true;
    log.error({}, '内置数据库的连接文件已被删除（可能是清理临时目录所致），正在重新启动数据库。');
    void end(server).finally(() => {
      isMending = false;
    });
  }, LOOK_EVERY_MS).unref();
  const stop = async (): Promise<void> => {
    stopping.abort();
    clearInterval(looking);
    // A running server's end is seen by `end`; `ended` does not keep this process alive for it.
    if (!isUp) await watching;
    await end(server);
  };
  let stopped: Promise<void> | null = null;
  return { pid: () => server.pid, stop: () => (stopped ??= stop()) };
}

async function startAgain(start: () => Promise<Server>, signal: AbortSignal, log: Logger): Promise<Server | null> {
  const tell = teller(log);
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    await pause(wait, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return null;
    const next = await start().catch(tell);
    if (next) return next;
  }
}

function teller(log: Logger): (fault: unknown) => void {
  let last = { why: '', at: 0 };
  return (fault) => {
    const why = fault instanceof EmbeddedFault ? fault.message : String(fault);
    if (why === last.why && performance.now() - last.at < TELL_EVERY_MS) return;
    last = { why, at: performance.now() };
    log.error(fault instanceof EmbeddedFault ? {} : { cause: fault }, `内置数据库重新启动失败，稍后自动再试：${why}`);
  };
}
