/** What an administrator, a tenant or the platform's mood does differently: switches, all at the usual setting. */

/** How the organisation behaves. Set by POST /sandbox/api/switches, back to these values by a reset. */
export interface DingSwitches {
  /** False: an unanswered robot message is not pushed again; the sources disagree (dossier 1.8). */
  readonly redelivery: boolean;
  /** False: the robot is not published, senders come without staff id (dossier 2.1). */
  readonly published: boolean;
  /** Calls of one API a second; 20 is the lower end of what was seen (dossier 4.3). */
  readonly qps: number;
  /** Metered calls of the organisation a month (dossier 4.3). */
  readonly monthlyCalls: number;
  /** Messages of all custom robots a month; null: no limit, as the number is not published. */
  readonly monthlyHooks: number | null;
  /** Receivers of SMS and phone DING a month; the quota is bought (dossier 3.5). */
  readonly monthlySms: number;
  readonly monthlyCalled: number;
  /** Permissions that the console has not granted (dossier 4.2). */
  readonly missingScopes: readonly string[];
  /** False: this machine is not on the list of addresses. */
  readonly trustedIp: boolean;
  /** Sandbox milliseconds until a send can be queried (dossier 3.4). */
  readonly queryReadyMs: number;
  /** Sandbox milliseconds after which everybody has read a message; null: people read when they next act in the room, or by api/read. */
  readonly readAfterMs: number | null;
  /** Security of the custom robots: what is on must all pass (dossier 3.2). */
  readonly hookSign: boolean;
  readonly hookKeywords: readonly string[];
  readonly hookTrustsIp: boolean;
  /** True: sessionWebhook and app robot share the custom robot's 20 a minute; not documented (dossier 3.3). */
  readonly floodEverywhere: boolean;
  /** The headers of HTTP callbacks of the robot: as they should be, signed with another secret, or older than an hour. */
  readonly callbackSign: 'right' | 'wrong' | 'stale';
  /** Padding of encrypted events: 32, or 16 as by some official samples (dossier 2.4). */
  readonly eventPadding: 16 | 32;
}

/** A person towards the app. `outsider`: no staff id in messages; `flowControlled`: batch sends leave the person out; `left`: no longer a member. */
export interface DingStanding {
  readonly outsider: boolean;
  readonly flowControlled: boolean;
  readonly left: boolean;
}

const USUAL: DingSwitches = {
  redelivery: true,
  published: true,
  qps: 20,
  monthlyCalls: 10_000,
  monthlyHooks: null,
  monthlySms: 100,
  monthlyCalled: 100,
  missingScopes: [],
  trustedIp: true,
  queryReadyMs: 2000,
  readAfterMs: null,
  hookSign: true,
  hookKeywords: [],
  hookTrustsIp: true,
  floodEverywhere: false,
  callbackSign: 'right',
  eventPadding: 32,
};
const GOOD_STANDING: DingStanding = { outsider: false, flowControlled: false, left: false };

/** A change of some fields; undefined ones stay. */
type Change<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The present setting of every switch and every person's standing. */
export class DingSwitchBoard {
  private switches: DingSwitches = USUAL;
  private readonly standings = new Map<string, DingStanding>();

  get on(): DingSwitches {
    return this.switches;
  }

  set(change: Change<DingSwitches>): DingSwitches {
    this.switches = { ...this.switches, ...given(change) };
    return this.switches;
  }

  standing(person: string): DingStanding {
    return this.standings.get(person) ?? GOOD_STANDING;
  }

  setStanding(person: string, change: Change<DingStanding>): DingStanding {
    const standing = { ...this.standing(person), ...given(change) };
    this.standings.set(person, standing);
    return standing;
  }

  wipe(): void {
    this.switches = USUAL;
    this.standings.clear();
  }
}

function given<T extends object>(change: Change<T>): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
}
