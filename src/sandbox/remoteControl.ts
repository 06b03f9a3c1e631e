/** The sandbox clock when the bot lives in another process: orders go to the bot, ticks come back from it. */
import type { RemoteBot } from './api/router';
import type { Control } from './control';
import { isoOf } from './instant';
import { SandboxRefusal } from './refusal';

const LATE_TICK_MS = 5000;

/** A clock that runs on real time plus an offset; with a registered bot the bot decides when it moves, without one it jumps. */
export class RemoteControl implements Control, RemoteBot {
  private offsetMs = 0;
  private bot: { readonly url: string; readonly token: string | undefined } | null = null;

  now(): number {
    return Date.now() + this.offsetMs;
  }

  /** The newest registration wins, as after a restart of the bot. */
  register(controlUrl: string, controlToken: string | undefined): void {
    this.bot = { url: controlUrl.replace(/\/$/, ''), token: controlToken };
  }

  /** A tick that the way here has made a little late is taken as said, but the clock does not step back for it. */
  tick(now: number): boolean {
    if (now < this.now()) return now > this.now() - LATE_TICK_MS;
    this.offsetMs = now - Date.now();
    return true;
  }

  async advanceTo(target: number): Promise<number> {
    await this.order('advance', { to: isoOf(target) });
    this.tick(target);
    return this.now();
  }

  async reset(): Promise<void> {
    await this.order('reset', {});
    this.offsetMs = 0;
  }

  private async order(name: 'advance' | 'reset', body: unknown): Promise<void> {
    if (!this.bot) return;
    const headers = new Headers({ 'content-type': 'application/json' });
    if (this.bot.token !== undefined) headers.set('authorization', `Bearer ${this.bot.token}`);
    const answer = await fetch(`${this.bot.url}/${name}`, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
    if (answer?.ok) return;
    const why = answer ? `它答复了 ${answer.status}` : '连不上它';
    throw new SandboxRefusal(502, 'bot_refused', `机器人没有照办：${why}。`, '请看机器人进程是否还在运行，令牌是否一致。');
  }
}
