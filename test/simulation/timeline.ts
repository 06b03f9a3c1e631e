/** Who could go on now, who sleeps until when, who stands still and who is dead; and the virtual time they share. */

export interface Task {
  readonly actor: string;
  readonly what: string;
  readonly go: () => void;
}
interface Timer extends Task {
  readonly at: number;
}

export class Timeline {
  /** Virtual milliseconds since the start. */
  now = 0;
  private ready: Task[] = [];
  private timers: Timer[] = [];
  /** No timer rings before this moment. */
  private soonest = Number.POSITIVE_INFINITY;
  private readonly dead = new Set<string>();
  private readonly still = new Map<string, number>();

  add(task: Task): void {
    if (!this.dead.has(task.actor)) this.ready.push(task);
  }

  /** Adds it after so much time, or as soon as `stop` is raised. */
  addLater(task: Task, ms: number, stop?: AbortSignal): void {
    if (this.dead.has(task.actor)) return;
    const hurry = (): void => {
      const at = this.timers.indexOf(timer);
      if (at < 0) return;
      this.timers.splice(at, 1);
      this.ready.push(timer);
    };
    const go = (): void => {
      stop?.removeEventListener('abort', hurry);
      task.go();
    };
    const timer: Timer = { ...task, go, at: this.now + (stop?.aborted ? 0 : Math.max(0, ms)) };
    this.timers.push(timer);
    this.soonest = Math.min(this.soonest, timer.at);
    stop?.addEventListener('abort', hurry);
  }

  kill(actor: string): void {
    this.dead.add(actor);
    this.ready = this.ready.filter((task) => task.actor !== actor);
    this.timers = this.timers.filter((timer) => timer.actor !== actor);
  }

  stall(actor: string, ms: number): void {
    this.still.set(actor, this.now + ms);
  }

  /** Lets time pass, at least until somebody can go on, and answers all who can. Throws when nobody ever will. */
  pass(ms: number): readonly Task[] {
    this.now += ms;
    this.ring();
    for (;;) {
      const able = this.still.size === 0 ? this.ready : this.ready.filter((task) => (this.still.get(task.actor) ?? 0) <= this.now);
      if (able.length > 0) return able;
      this.moveOn();
    }
  }

  take(task: Task): void {
    this.ready.splice(this.ready.indexOf(task), 1);
  }

  private ring(): void {
    if (this.soonest > this.now) return;
    const due: Timer[] = [];
    const later: Timer[] = [];
    let soonest = Number.POSITIVE_INFINITY;
    for (const timer of this.timers)
      if (timer.at <= this.now) due.push(timer);
      else {
        later.push(timer);
        soonest = Math.min(soonest, timer.at);
      }
    this.timers = later;
    this.soonest = soonest;
    this.ready.push(...(due.length > 1 ? due.sort((a, b) => a.at - b.at) : due));
  }

  private moveOn(): void {
    for (const [actor, until] of this.still) if (until <= this.now) this.still.delete(actor);
    if (this.timers.length + this.still.size === 0) throw new Error('nothing can go on any more');
    const timed = this.timers.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
    this.now = Math.max(this.now, Math.min(timed, ...this.still.values()));
    this.ring();
  }
}
