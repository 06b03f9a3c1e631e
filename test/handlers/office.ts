/** The handlers in an office whose clock the test sets: shipped rules and roster, real digests, nobody reachable. */
import type { Actor, IncidentCommand } from '../../src/core/incident/commands';
import type { TextRef } from '../../src/core/incident/events';
import type { Instant } from '../../src/core/instant';
import type { Deps } from '../../src/handlers/deps';
import { execute, type Outcome } from '../../src/handlers/execute';
import { createReach } from '../../src/ports/reach';
import type { Store, Tx } from '../../src/ports/store';
import type { StreamRow } from '../../src/ports/streams';
import { createMemoryStore, createProcess, createWorld, type World } from '../../src/store/memory';
import { sha256 } from '../../src/wiring/chance';
import { createRulebooks } from '../../src/wiring/rulebooks';
import { ROSTER, RULES } from '../core/builders';
import { inside } from '../store/contract/builders';

export interface Office {
  readonly deps: Deps;
  /** The moment it is. */
  now: Instant;
  /** One command on an incident, which is opened where there is none; said in the duty room unless elsewhere. */
  act(stream: string, who: string | null, command: IncidentCommand, actor?: Partial<Actor>): Promise<Outcome>;
  row(stream: string): Promise<StreamRow>;
}

export function openOffice(store: Store): Office {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const silent = () => undefined;
  const office: Office = {
    now: 0,
    deps: {
      store,
      clock: { now: () => office.now },
      ids: { next: () => `ring${next()}`, code4: () => '4711' },
      digest: sha256,
      directory: { at: async () => ROSTER },
      reach: createReach([]),
      rulebooks: createRulebooks([{ rulebook: RULES, pack: '', profile: '' }], sha256),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      held: () => new Map(),
    },
    act: (stream, person, command, actor = {}) =>
      inside(store, async (tx) => {
        const id = next();
        const row = (await tx.stream(stream)) ?? (await tx.openStream('incident', 'real', stream, RULES.hash));
        return execute(tx, office.deps, {
          stream: row,
          envelope: {
            command,
            actor: { person, room: 'duty', conversation: 'chat', ...actor },
            at: office.now,
            seed: `${stream}-${id}`,
          },
          cause: { kind: 'inbox', id: String(id) },
          texts: refsOf(command).map(({ id, commitment }) => ({ id, commitment, kind: 'words', salt: 's', body: `words of ${id}` })),
          origin: null,
        });
      }),
    row: async (stream) => {
      const row = await inside(store, (tx) => tx.peek(stream));
      if (row === null) throw new Error(`there is no stream ${stream}`);
      return row;
    },
  };
  return office;
}

/** An office whose rows can be looked at and spoiled. */
export function openImaginedOffice(wrap: (tx: Tx) => Partial<Tx> = () => ({})): { readonly office: Office; readonly world: World } {
  const world = createWorld();
  const store = createMemoryStore(world, createProcess({ turn: async () => undefined, real: () => 0 }));
  const transact: Store['transact'] = (locks, work) => store.transact(locks, (tx) => work({ ...tx, ...wrap(tx) }));
  return { office: openOffice({ ...store, transact }), world };
}

function refsOf(command: IncidentCommand): readonly TextRef[] {
  return Object.values(command).filter(
    (value): value is TextRef => typeof value === 'object' && value !== null && 'id' in value && 'commitment' in value,
  );
}
