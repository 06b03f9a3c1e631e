/** Puts the simulator and its records together, the same for both ways of running the sandbox. */
import { CallLog } from './calls';
import type { Control } from './control';
import { FaultBoard } from './faults';
import { MessageBoard } from './messages';
import { WECOM_TIMES, WeCom, type WeComTimes } from './wecom/weCom';
import { createWorld, type World, type WorldInput } from './world';

/** The parts of one running sandbox. */
export interface Core {
  readonly world: World;
  readonly board: MessageBoard;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly weCom: WeCom;
  /** Empties conversations, calls, faults and every state of the platform; connections stay. */
  wipe(): void;
}

/** Builds a sandbox without opening a port. */
export function createCore(input: WorldInput, control: Control, times: WeComTimes = WECOM_TIMES): Core {
  const world = createWorld(input);
  const now = () => control.now();
  const [board, calls, faults] = [new MessageBoard(now), new CallLog(now), new FaultBoard()];
  const weCom = new WeCom({ world, board, calls, faults, now, times });
  const wipe = () => {
    faults.clear();
    calls.wipe();
    weCom.wipe();
    board.wipe();
  };
  return { world, board, calls, faults, weCom, wipe };
}
