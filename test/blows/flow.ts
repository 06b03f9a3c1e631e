/** Reports that flow from several rooms and by callback while something is done to the bot or its database. */
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask';
import { bindingOf, postText } from './callbacks';
import { REPORTING, reportFrom } from './reports';
import { until, type World } from './world';

/** Says all reports, every third by callback; answers those the bot has taken: heard on its connection, or answered with 200. */
export async function flow(world: World, numbers: readonly number[], everyMs: number): Promise<readonly number[]> {
  const binding = await bindingOf(world.simulator);
  const callbacks: Promise<number[]>[] = [];
  const heard: number[] = [];
  for (const [i, number] of numbers.entries()) {
    const county = REPORTING[i % REPORTING.length] ?? 'hubin';
    const text = reportFrom(county, number);
    const url = world.bots[0]?.url ?? '';
    if (i % 3 === 2)
      callbacks.push(
        insist(() => postText(url, binding, { id: String(number), from: `${county}2`, text })).then((yes) => (yes ? [number] : [])),
      );
    else {
      await speak(world, `county-${county}`, `${county}1`, text);
      heard.push(number);
    }
    await pause(everyMs);
  }
  return [...heard, ...(await Promise.all(callbacks)).flat()];
}

async function speak(world: World, room: string, from: string, text: string): Promise<void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ room, from, text }) };
  await ask(`${world.simulator}/sandbox/api/say`, init);
}

/** As the platform does: what was not answered with 200 comes again. */
async function insist(deliver: () => Promise<number | null>): Promise<boolean> {
  for (let tries = 0; tries < 4; tries++) {
    if ((await deliver()) === 200) return true;
    await pause(5_000);
  }
  return false;
}

/** Every frame that reached the bot has its row: the bot lives, so none may be missing. */
export async function stored(world: World): Promise<void> {
  const answer = await ask(`${world.simulator}/sandbox/api/calls?api=aibot_msg_callback`);
  const { calls } = (await answer.json()) as { calls: { answer: string }[] };
  const sent = calls.filter((call) => call.answer === 'sent').length;
  await until('every frame is stored', async () => {
    const found = await world.pool.query(`SELECT FROM inbox WHERE source = 'robot'`).catch(() => null);
    return found !== null && found.rowCount === sent;
  });
}
