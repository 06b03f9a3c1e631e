/** Pushes that want an answer (dossier 1.8): unanswered ones come again under a new message id with the same content. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DingParts } from '../parts';
import type { Downstream, UpFrame } from './frames';
import type { StreamSockets } from './sockets';

/** One thing to be told. `settled` says whether an answer ends it; `waitMs` is how long one is waited for. */
export interface Push extends Downstream {
  readonly api: string;
  readonly room?: string;
  readonly repeats: number;
  readonly waitMs: number;
  readonly settled: (answer: UpFrame) => boolean;
}

/** Delivers over whatever connection is open at the moment of each attempt. */
export class Pushes {
  private stopping = manyWaiting();

  constructor(
    private readonly parts: DingParts,
    private readonly sockets: StreamSockets,
  ) {}

  /** The answer that settled it, or null when no attempt did. Nobody being connected counts as silence. */
  async deliver(push: Push): Promise<UpFrame | null> {
    const { signal } = this.stopping;
    for (let attempt = 0; attempt <= push.repeats && !signal.aborted; attempt += 1) {
      const answer = await this.attempt(push, signal);
      if (answer && push.settled(answer)) return answer;
      if (answer && attempt < push.repeats) await this.pause(push.waitMs, signal);
    }
    return null;
  }

  /** Forgets everything under way. */
  wipe(): void {
    this.stopping.abort();
    this.stopping = manyWaiting();
  }

  stop(): void {
    this.stopping.abort();
  }

  private async attempt(push: Push, signal: AbortSignal): Promise<UpFrame | null> {
    const fault = this.parts.faults.take(push.api);
    if (fault?.delayMs) await this.pause(fault.delayMs, signal);
    const connection = fault?.drop ? undefined : this.sockets.choose(push.type, push.topic);
    const frame = connection?.frameFor(push);
    const since = performance.now();
    const answer = connection && frame ? await connection.ask(frame, push.waitMs) : null;
    if (signal.aborted) return answer;
    this.parts.calls.note({
      api: push.api,
      direction: 'toBot',
      ...(push.room === undefined ? {} : { room: push.room }),
      request: frame ?? { ...push, headers: push.headers ?? {} },
      answer: answer ?? (connection ? 'unanswered' : 'lost'),
      ...(fault ? { fault } : {}),
    });
    if (!answer) await this.pause(push.waitMs - (performance.now() - since), signal);
    return answer;
  }

  private async pause(ms: number, signal: AbortSignal): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { ref: false, signal }).catch(() => undefined);
  }
}

/** Any number of pushes may wait at one signal. */
function manyWaiting(): AbortController {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  return stopping;
}
