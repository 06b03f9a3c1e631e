/** The whole record looked through in the background for whoever audits it; what was found stands on record itself. */

import type { Instant } from '../core/instant';
import type { PersonId } from '../core/roster/roster';
import type { Anchors, AnchorsOutside } from '../ports/anchors';
import type { Chains } from '../ports/chains';
import type { Clock } from '../ports/clock';
import type { Digest } from '../ports/ids';
import type { Log } from '../ports/log';
import type { NoteAct } from './adminRecord';
import { firstWrongAnchor } from './anchor';
import { breakZh, firstBreak } from './verify';

/** How far a check is. */
export interface Checking {
  readonly since: Instant;
  readonly streams: number;
  readonly done: number;
}

export interface ChainCheck {
  /** One runs at a time in this process: asked again meanwhile nothing more begins. */
  begin(by: PersonId | null, system: string | null): void;
  running(): Checking | null;
  /** Ends a check that runs without a result. */
  stop(): Promise<void>;
}

export interface ChainCheckPorts {
  readonly chains: Chains;
  readonly anchors: Anchors;
  readonly outside: AnchorsOutside;
  readonly digest: Digest;
  readonly note: NoteAct;
  readonly clock: Clock;
  readonly log: Log;
}

export function createChainCheck(ports: ChainCheckPorts): ChainCheck {
  let checking: Checking | null = null;
  let stopped = false;
  let run: Promise<void> = Promise.resolve();

  async function check(by: PersonId | null, system: string | null, since: Instant): Promise<void> {
    const found = { streams: 0, events: 0, broken: 0, first: null as string | null };
    const streams = await ports.chains.streams(null);
    for (const stream of streams) {
      if (stopped) return;
      checking = { since, streams: streams.length, done: found.streams };
      const wrong = await brokenIn(ports, stream, found);
      if (wrong !== null) found.broken += 1;
      found.first ??= wrong;
    }
    const anchor = await firstWrongAnchor(ports.anchors, ports.outside, ports.digest);
    await ports.note({
      type: 'RecordVerified',
      by,
      system,
      from: null,
      ...found,
      first: found.first ?? anchor?.zh ?? null,
      anchor: anchor?.day ?? null,
    });
  }

  return {
    begin: (by, system) => {
      if (checking !== null || stopped) return;
      const since = ports.clock.now();
      checking = { since, streams: 0, done: 0 };
      run = check(by, system, since)
        .catch((cause: unknown) => ports.log.error({ cause }, 'the record could not be looked through'))
        .finally(() => {
          checking = null;
        });
    },
    running: () => checking,
    stop: () => {
      stopped = true;
      return run;
    },
  };
}

/** What is wrong with a stream, in words; null where all holds. Counts what it has looked at. */
async function brokenIn(
  { chains, digest }: ChainCheckPorts,
  stream: string,
  found: { streams: number; events: number },
): Promise<string | null> {
  const stored = await chains.read(stream);
  if (stored === null) return null;
  found.streams += 1;
  found.events += stored.chain.events.length;
  const broken = firstBreak(stored, digest);
  return broken === null ? null : `${stored.chain.kind} ${stored.chain.n}：${breakZh(broken)}`;
}
