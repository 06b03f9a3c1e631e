/** Configuration that is broken while the bot runs, and two bots that were given different ones. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Fault, judge } from '../fault';
import { holds, otherThan, ownerOf } from '../instances';
import { peopleIn } from '../people';
import { walk } from '../road';
import { openWorld, until } from '../world';

const BROKEN_BEFORE = 4;
const KILLED_BEFORE = 7;

/** A clerk breaks a file: the running bot goes on, the next start refuses and says where, and is there as soon as the file is mended. */
const brokenFault: Fault = {
  name: 'config_broken',
  run: ({ undisturbed }) =>
    inCopy(async (config) => {
      const people = join(config, 'sample-bureau', 'people.yaml');
      const good = readFileSync(people, 'utf8');
      const world = await openWorld({ env: { BUREAU: join(config, 'sample-bureau') } });
      try {
        const [bot] = world.bots;
        const hands = peopleIn(world);
        await walk(hands, async (step) => {
          if (step === BROKEN_BEFORE) writeFileSync(people, good.replace('people:', 'poeple:'));
          if (step !== KILLED_BEFORE) return;
          const lives = bot?.deaths.length ?? 0;
          bot?.signal('SIGKILL');
          await until('the start is refused', async () => (bot?.deaths.length ?? 0) > lives + 1);
          const said = bot?.tail() ?? '';
          writeFileSync(people, good);
          await bot?.up();
          if (!/烽火没有启动[\s\S]*people\.yaml/.test(said)) throw new Error(`the refusal does not name the file:\n${said}`);
        });
        return await judge(world, hands, undisturbed, [
          `people.yaml broken before step ${BROKEN_BEFORE}, killed before step ${KILLED_BEFORE}, refused until mended`,
        ]);
      } catch (cause) {
        throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
      } finally {
        await world.close();
      }
    }),
};

/** The second bot has a newer edition of the plans: an incident keeps the one it was opened under, whoever works it. */
const differentFault: Fault = {
  name: 'config_different',
  run: ({ undisturbed }) =>
    inCopy(async (config) => {
      appendFileSync(join(config, 'plan-packs/consumer-mass-event/pack.yaml'), '\n# 另一版\n');
      const world = await openWorld();
      try {
        await world.addBot({}, { CONFIG_DIR: config });
        const people = peopleIn(world);
        await walk(people, async (step) => {
          if (step !== 3 && step !== KILLED_BEFORE) return;
          const owner = await ownerOf(world);
          await owner.killFor(() => until('the other bot has taken over', () => holds(otherThan(world, owner))));
          await owner.up();
        });
        const { rows } = await world.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM rulebooks');
        const outcome = await judge(world, people, undisturbed, [
          `${rows[0]?.n} editions kept; the owner killed before steps 3 and ${KILLED_BEFORE}`,
        ]);
        return (rows[0]?.n ?? 0) > 2 ? outcome : { ...outcome, faults: [...outcome.faults, 'the other edition was never kept'] };
      } catch (cause) {
        throw new Error(`${String(cause)}\n${world.bots.map((bot) => bot.tail()).join('\n')}`);
      } finally {
        await world.close();
      }
    }),
};

export const configurationFaults: readonly Fault[] = [brokenFault, differentFault];

/** A copy of the shipped configuration, for as long as the work lasts. */
async function inCopy<T>(work: (config: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-config-'));
  cpSync(resolve('config'), folder, { recursive: true });
  return work(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}
