/** Puts the enterprises of a sandbox together, the same for both ways of running it. */
import { bindingOf } from './binding';
import { type CommonCore, type CommonSurroundings, createRecords, wipeRecords } from './commonCore';
import { createDingCore, type DingCore } from './dingtalk/core';
import { createGovCore, type GovCore } from './dingtalk/gov/core';
import type { DingTimes } from './dingtalk/parts';
import type { Binding } from './keys';
import { ShownCards } from './wecom/cards/shownCards';
import { MediaStore } from './wecom/media';
import { WECOM_TIMES, type WeComTimes } from './wecom/parts';
import { SwitchBoard } from './wecom/switches';
import { WeCom } from './wecom/weCom';
import { createWorld, type World, type WorldInput } from './world';

/** One enterprise on WeCom. */
export interface WeComCore extends CommonCore {
  readonly platform: 'wecom';
  readonly switches: SwitchBoard;
  readonly weCom: WeCom;
  binding(port: number): Binding;
}

/** One enterprise on any platform. */
export type Core = WeComCore | DingCore | GovCore;

/** What an enterprise shares with the others, and the time limits that tests shorten. */
export interface Surroundings extends CommonSurroundings {
  readonly times?: WeComTimes | undefined;
  readonly dingTimes?: DingTimes | undefined;
}

/** Builds all enterprises of a sandbox; the first is the one a bot finds without asking. Throws when two bear the same tenant name. */
export function createCores(inputs: readonly WorldInput[], around: Surroundings): readonly Core[] {
  const cores: Core[] = [];
  for (const input of inputs) cores.push(createCore(createWorld(input), around, () => weComOf(cores)));
  const tenants = cores.map((core) => core.tenant);
  if (new Set(tenants).size !== tenants.length) throw new Error(`two tenants share a name: ${tenants.join(', ')}`);
  return cores;
}

/** Those of the enterprises that live on WeCom. */
export function weComOf(cores: readonly Core[]): readonly WeComCore[] {
  return cores.filter((core) => core.platform === 'wecom');
}

function createCore(world: World, around: Surroundings, others: () => readonly WeComCore[]): Core {
  switch (world.platform) {
    case 'wecom':
      return createWeComCore(world, around, others);
    case 'dingtalk':
      return createDingCore(world, around, around.dingTimes);
    case 'govding':
      return createGovCore(world, around);
  }
}

function createWeComCore(
  world: World,
  { control, times = WECOM_TIMES, base }: Surroundings,
  others: () => readonly WeComCore[],
): WeComCore {
  const now = () => control.now();
  const records = createRecords(world, now);
  const switches = new SwitchBoard();
  const [media, cards] = [new MediaStore(records.files, now), new ShownCards(records.board)];
  const elsewhere = (botId: string) => others().find((core) => core.weCom.botId === botId)?.weCom.robot.sockets;
  const weCom = new WeCom({ world, ...records, media, cards, switches, times, now, base }, elsewhere);
  return {
    platform: 'wecom',
    tenant: world.keys.tenant,
    world,
    ...records,
    switches,
    weCom,
    faultApis: [],
    binding: (port) => bindingOf(world, port),
    robot: () => ({
      name: world.keys.robot.name,
      connected: weCom.robot.sockets.connected,
      callback: weCom.app.ears.configured,
      byUrl: weCom.robot.ears.byUrl,
    }),
    setCallbackUrl: (url) => weCom.app.ears.configure(url),
    wipe: () => wipeRecords(records, weCom),
    stop: () => weCom.stop(),
  };
}
