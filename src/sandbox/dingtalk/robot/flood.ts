/** The custom robot's limit (dossier 3.2): 20 messages a minute, and who goes over it is silent for ten minutes. */
import { RateWindow } from '../../rateWindow';

const MINUTE_MS = 60_000;
const LOCK_MS = 600_000;
const PER_MINUTE = 20;

/** Windows and locks by robot, on the sandbox clock. */
export class Flood {
  private readonly window = new RateWindow([{ perMs: MINUTE_MS, max: PER_MINUTE }]);
  private readonly lockedUntil = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** True, and counted, when the robot may speak now. */
  passes(robot: string): boolean {
    if (this.now() < (this.lockedUntil.get(robot) ?? 0)) return false;
    if (this.window.take(robot, this.now())) return true;
    this.lockedUntil.set(robot, this.now() + LOCK_MS);
    return false;
  }

  wipe(): void {
    this.window.clear();
    this.lockedUntil.clear();
  }
}
