/** What every enterprise of a sandbox has, whatever platform it lives on. */
import { MessageBoard } from './board';
import { CallLog } from './calls';
import { SandboxCarrier } from './carrier/carrier';
import { Telephones } from './carrier/telephones';
import type { Control } from './control';
import { DropLog } from './drops';
import { FaultBoard } from './faults';
import { FileShelf } from './files';
import type { World } from './world';

/** The platforms that can be simulated. */
export type PlatformName = 'wecom' | 'dingtalk' | 'govding';

/** What is known of the robot: its name, whether it is connected, whether a callback address stands, whether that replaces the connection. */
export interface RobotState {
  readonly name: string;
  readonly connected: boolean;
  readonly callback: boolean;
  readonly byUrl: boolean;
}

/** The records of one enterprise. */
export interface Records {
  readonly board: MessageBoard;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly files: FileShelf;
  readonly drops: DropLog;
  readonly telephones: Telephones;
  readonly carrier: SandboxCarrier;
}

/** One enterprise. `binding` needs the port of the wire; `wipe` empties conversations, calls, faults and platform state, connections stay. */
export interface CommonCore extends Records {
  readonly platform: PlatformName;
  readonly tenant: string;
  readonly world: World;
  readonly switches: { readonly on: unknown };
  /** Names that the page offers for faults; empty where the page knows them itself. */
  readonly faultApis: readonly string[];
  binding(port: number): unknown;
  robot(): RobotState;
  /** Verifies and keeps the address for callbacks as the console does; false: not kept, the earlier one stays. */
  setCallbackUrl(url: string): Promise<boolean>;
  wipe(): void;
  stop(): void;
}

/** What an enterprise shares with the others: the clock and the address of the wire. */
export interface CommonSurroundings {
  readonly control: Control;
  readonly base: () => string;
}

/** Empty records of one enterprise on the given clock. */
export function createRecords(world: World, now: () => number): Records {
  const [board, calls, faults, files] = [new MessageBoard(now), new CallLog(now), new FaultBoard(), new FileShelf()];
  const telephones = new Telephones(world, board, now);
  return { board, calls, faults, files, drops: new DropLog(now), telephones, carrier: new SandboxCarrier(telephones, calls, faults) };
}

/** Empties the records around the platform's own state. */
export function wipeRecords({ board, calls, faults, files, drops, telephones }: Records, platform: { wipe(): void }): void {
  faults.clear();
  telephones.wipe();
  calls.wipe();
  platform.wipe();
  files.wipe();
  drops.wipe();
  board.wipe();
}
