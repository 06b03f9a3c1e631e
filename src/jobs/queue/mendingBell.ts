/** A bell that outlives its queue: while BullMQ is unwell rings fall silent, and it is opened anew, at once and then every 10 s. */
import type { Logger } from 'pino';
import { LANES, type Lane } from '../../ports/wake';
import { type Bell, type BellOptions, openBell } from './bell';
import { EvictingRedis } from './openParts';

export interface MendingBellOptions extends Omit<BellOptions, 'unwell'> {
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

const MEND_EVERY_MS = 10_000;
const TELL_EVERY_MS = 60_000;
/** An opening that hangs is not waited for longer when the process stops. */
const LAST_OPENING_MS = 500;

/** Made by `MendingBell.open`. No method throws. */
export class MendingBell {
  private bell: Bell | null = null;
  private mending: Promise<void> | null = null;
  private isHealthy = false;
  private isListening = false;
  private isClosed = false;
  private alarmAt: number | null = null;
  private triedAt: number;
  private toldAt = Number.NEGATIVE_INFINITY;

  private constructor(private readonly options: MendingBellOptions) {
    this.triedAt = options.pace.mono();
  }

  /** Throws only for a Redis that may drop alarms; any other fault makes the bell unwell. */
  static async open(options: MendingBellOptions): Promise<MendingBell> {
    const made = new MendingBell(options);
    await made.openOnce().catch((fault) => {
      if (fault instanceof EvictingRedis) throw fault;
      made.unwell(fault);
    });
    return made;
  }

  /** False from the first fault until the queue is open again. */
  healthy(): boolean {
    return this.isHealthy;
  }

  ring(lane: Lane): void {
    this.bell?.ring(lane);
  }

  /** Rings `due` and `send` in `ms` milliseconds; null takes the alarm back. A later call replaces the earlier one. */
  arm(ms: number | null): void {
    this.alarmAt = ms === null ? null : this.options.pace.mono() + ms;
    this.bell?.armAt(this.alarmAt);
  }

  /** From now on this process hears rings and alarms; before, it only rings for others. May be called again. */
  listen(): void {
    this.isListening = true;
    void this.bell?.listen();
  }

  /** Opens the queue anew when it is unwell and the last try was 10 s ago; returns at once. A first fault does so by itself. */
  mend(): void {
    if (this.isHealthy || this.isClosed || this.mending || this.options.pace.mono() - this.triedAt < MEND_EVERY_MS) return;
    this.mending = this.reopen().finally(() => {
      this.mending = null;
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.race([this.mending, this.options.pace.sleep(LAST_OPENING_MS)]);
    await this.bell?.close(!this.isHealthy);
  }

  private async openOnce(): Promise<void> {
    this.triedAt = this.options.pace.mono();
    const bell = await openBell({ ...this.options, unwell: (fault) => this.unwell(fault) });
    if (this.isClosed) return bell.close(false);
    this.bell = bell;
    this.isHealthy = true;
    if (this.isListening) await bell.listen();
    bell.armAt(this.alarmAt);
  }

  private async reopen(): Promise<void> {
    const old = this.bell;
    this.bell = null;
    await old?.close(true);
    await this.openOnce().catch((fault) => this.unwell(fault));
    if (!this.isHealthy) return;
    this.options.log.info({}, '提醒队列已恢复。');
    LANES.forEach(this.options.rung);
  }

  private unwell(fault: unknown): void {
    this.isHealthy = false;
    this.tell(fault);
    this.mend();
  }

  private tell(fault: unknown): void {
    const now = this.options.pace.mono();
    if (this.isClosed || now - this.toldAt < TELL_EVERY_MS) return;
    this.toldAt = now;
    this.options.log.warn({ err: fault }, '提醒队列暂不可用，由定时检查代替，并会自动恢复。');
  }
}
