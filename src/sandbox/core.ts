/** Puts one enterprise and its records together, the same for both ways of running the sandbox. */
import { MessageBoard } from './board';
import { CallLog } from './calls';
import { SandboxCarrier } from './carrier/carrier';
import { Telephones } from './carrier/telephones';
import type { Control } from './control';
import { DropLog } from './drops';
import { FaultBoard } from './faults';
import { FileShelf } from './files';
import { ShownCards } from './wecom/cards/shownCards';
import { MediaStore } from './wecom/media';
import { WECOM_TIMES, type WeComTimes } from './wecom/parts';
import { SwitchBoard } from './wecom/switches';
import { WeCom } from './wecom/weCom';
import { createWorld, type World, type WorldInput } from './world';

/** The parts of one enterprise of a running sandbox. */
export interface Core {
  readonly world: World;
  readonly board: MessageBoard;
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly files: FileShelf;
  readonly drops: DropLog;
  readonly switches: SwitchBoard;
  readonly weCom: WeCom;
  readonly telephones: Telephones;
  readonly carrier: SandboxCarrier;
  /** Empties conversations, calls, faults and every state of the platform; connections stay. */
  wipe(): void;
}

/** What an enterprise shares with the others: clock, time limits, the address of the wire, and who else is there. */
export interface Surroundings {
  readonly control: Control;
  readonly times?: WeComTimes | undefined;
  readonly base: () => string;
  readonly others: () => readonly Core[];
}

/** Builds one enterprise without opening a port. */
export function createCore(input: WorldInput, { control, times = WECOM_TIMES, base, others }: Surroundings): Core {
  const world = createWorld(input);
  const now = () => control.now();
  const [board, calls, faults, files, switches] = [
    new MessageBoard(now),
    new CallLog(now),
    new FaultBoard(),
    new FileShelf(),
    new SwitchBoard(),
  ];
  const drops = new DropLog(now);
  const [media, cards] = [new MediaStore(files, now), new ShownCards(board)];
  const elsewhere = (botId: string) => others().find((core) => core.weCom.botId === botId)?.weCom.robot.sockets;
  const weCom = new WeCom({ world, board, calls, faults, files, drops, media, cards, switches, times, now, base }, elsewhere);
  const telephones = new Telephones(world, board, now);
  const carrier = new SandboxCarrier(telephones, calls, faults);
  const wipe = () => {
    faults.clear();
    telephones.wipe();
    calls.wipe();
    weCom.wipe();
    files.wipe();
    drops.wipe();
    board.wipe();
  };
  return { world, board, calls, faults, files, drops, switches, weCom, telephones, carrier, wipe };
}

/** Builds all enterprises of a sandbox; the first is the one a bot finds without asking. Throws when two bear the same tenant name. */
export function createCores(inputs: readonly WorldInput[], around: Omit<Surroundings, 'others'>): readonly Core[] {
  const cores: Core[] = [];
  for (const input of inputs) cores.push(createCore(input, { ...around, others: () => cores }));
  const tenants = cores.map((core) => core.world.keys.tenant);
  if (new Set(tenants).size !== tenants.length) throw new Error(`two tenants share a name: ${tenants.join(', ')}`);
  return cores;
}
