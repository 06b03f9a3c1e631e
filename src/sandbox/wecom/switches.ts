/** What an administrator, a tenant or an old client does differently: switches of the simulator, all at the platform's usual setting. */

/** How the enterprise behaves. Set by POST /sandbox/api/switches, back to these values by a reset. */
export interface Switches {
  /** False: `aibot_send_msg` into a group gets 600039, as some tenants report (dossier 2.10). */
  readonly groupPush: boolean;
  /** True: the robot gets encrypted user ids (dossier 2.4). */
  readonly encryptedUserids: boolean;
  /** True: pictures in a stream and stream with card are taken on the long connection too; the documents contradict each other (dossier 2.9). */
  readonly socketExtras: boolean;
  /** False: the app does not see the root department, so `appchat` is refused with 48002. */
  readonly rootVisible: boolean;
  /** False: this machine is not on the list of trusted addresses, 60020. */
  readonly trustedIp: boolean;
  /** True: a `task_id` that was sent before is refused (42014, robots 40058). */
  readonly uniqueTasks: boolean;
  /** Whether any status but 200 makes a delivery fail, or network faults and time-outs alone (dossier 8.1 no. 2). */
  readonly repeatOn: 'any' | 'network';
  /** Every n-th callback that succeeded is delivered once more; 0: none (dossier 8.1 no. 3). */
  readonly twiceEvery: number;
  /** Host and port pairs that OAuth may redirect to; empty: any loopback address. */
  readonly trustedDomains: readonly string[];
}

/** A person's standing towards the app: 1 active, 2 disabled, 4 not activated, 5 left; licence and visible range. */
export interface Standing {
  readonly status: 1 | 2 | 4 | 5;
  readonly licensed: boolean;
  readonly visible: boolean;
}

const USUAL: Switches = {
  groupPush: true,
  encryptedUserids: false,
  socketExtras: false,
  rootVisible: true,
  trustedIp: true,
  uniqueTasks: true,
  repeatOn: 'any',
  twiceEvery: 0,
  trustedDomains: [],
};
const GOOD_STANDING: Standing = { status: 1, licensed: true, visible: true };

/** The present setting of every switch and every person's standing. */
export class SwitchBoard {
  private switches: Switches = USUAL;
  private readonly standings = new Map<string, Standing>();

  get on(): Switches {
    return this.switches;
  }

  set(change: { readonly [K in keyof Switches]?: Switches[K] | undefined }): Switches {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    this.switches = { ...this.switches, ...given };
    return this.switches;
  }

  standing(person: string): Standing {
    return this.standings.get(person) ?? GOOD_STANDING;
  }

  setStanding(person: string, change: { readonly [K in keyof Standing]?: Standing[K] | undefined }): Standing {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const standing = { ...this.standing(person), ...given };
    this.standings.set(person, standing);
    return standing;
  }

  /** True when the app may see and write to the person. */
  reachable(person: string): boolean {
    const { status, visible } = this.standing(person);
    return visible && status !== 5 && status !== 2;
  }

  wipe(): void {
    this.switches = USUAL;
    this.standings.clear();
  }
}
