/** Faults that a person arms on purpose, because a platform that never fails teaches nothing (dossier 8.2 no. 8). */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A fault for the next `times` calls of `api` (path tail such as `webhook/send`, a frame's cmd, or `callback/app`).
 * `drop`: no answer at all. `status`: an infrastructure fault. `errcode`: the platform says no; where its codes are words, `code`. `delayMs` (real time) may stand alone.
 * `afterAccept`: the call takes effect first, so the caller sees a failure of something that was shown.
 */
export interface Fault {
  readonly api: string;
  readonly errcode?: number | undefined;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly delayMs?: number | undefined;
  readonly drop?: boolean | undefined;
  readonly afterAccept?: boolean | undefined;
  readonly times: number;
}

/** What a caller gets: an answer, a bare HTTP status, or silence. `fault` is what was armed, for the record of calls. */
export type Outcome<A> =
  | { readonly is: 'answer'; readonly answer: A; readonly fault?: Fault }
  | { readonly is: 'status'; readonly status: number; readonly fault: Fault }
  | { readonly is: 'silence'; readonly fault: Fault };

/** The armed faults, used up in the order in which they were armed. */
export class FaultBoard {
  private armed: { readonly fault: Fault; left: number }[] = [];

  /** Arms a fault, answers how many failures are armed in all. */
  arm(fault: Fault): number {
    this.armed.push({ fault, left: fault.times });
    return this.count();
  }

  clear(): number {
    this.armed = [];
    return 0;
  }

  count(): number {
    return this.armed.reduce((sum, entry) => sum + entry.left, 0);
  }

  /** The fault for this call, if one is armed; it is used up by that. */
  take(api: string): Fault | undefined {
    const entry = this.armed.find((candidate) => candidate.fault.api === api);
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.armed = this.armed.filter((candidate) => candidate !== entry);
    return entry.fault;
  }

  /** Runs one call under the armed fault, if any. `refuse` builds the platform's answer for a fault's errcode. */
  async run<A>(api: string, effect: () => A | Promise<A>, refuse: (errcode: number) => A): Promise<Outcome<A>> {
    const fault = this.take(api);
    if (!fault) return { is: 'answer', answer: await effect() };
    const accepted = fault.afterAccept ? await effect() : undefined;
    if (fault.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault.drop) return { is: 'silence', fault };
    if (fault.status !== undefined) return { is: 'status', status: fault.status, fault };
    if (fault.errcode !== undefined) return { is: 'answer', answer: refuse(fault.errcode), fault };
    return { is: 'answer', answer: accepted ?? (await effect()), fault };
  }
}
