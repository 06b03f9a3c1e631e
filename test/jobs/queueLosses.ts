/** What the alarm clock promises when things go wrong on any backend: lost jobs, lost connections, a stop in the middle. */
import { expect, test } from '@jest/globals';
import { realPace } from '../../src/jobs/pace';
import { type Bench, counter, eventually, handles, hasty, type PortableBackend } from './queueBench';

export function lossesAreSurvived({ wake }: Bench, backend: PortableBackend): void {
  test('A ring that was deleted behind our back is found by the plain timer, and the next one is heard', async () => {
    const web = await wake();
    web.poke('inbox');
    await realPace.sleep(100);
    await backend.loseJobs();
    const looking = await wake({ ...hasty, mode: 'all', timerMs: 5000 });
    const found = counter();
    looking.on('inbox', found.work);
    await found.reach(1);
    await looking.stop();
    const worker = await wake();
    const heard = counter();
    worker.on('inbox', heard.work);
    await realPace.sleep(100);
    expect(heard.count()).toBe(0);
    web.poke('inbox');
    await heard.reach(1);
  });

  test('When the queue loses all it knows, the timer carries on and later rings are heard again', async () => {
    const working = await wake({ ...hasty, mode: 'all', timerMs: 5000 });
    const runs = counter();
    working.on('inbox', runs.work);
    await runs.reach(1);
    await backend.lose();
    working.poke('inbox');
    await runs.reach(runs.count() + 3);
    await eventually(() => working.healthy(), 'the queue is well');
    await working.stop();
    const [web, worker] = [await wake(), await wake()];
    const heard = counter();
    worker.on('inbox', heard.work);
    web.poke('inbox');
    await heard.reach(1);
  });

  test('When every connection of the queue is cut, both kinds of ring are heard again, without any timer', async () => {
    const web = await wake({ ...hasty, timerMs: 1000 });
    const worker = await wake({ ...hasty, timerMs: 1000 });
    const heard = { inbox: counter(), send: counter() };
    worker.on('inbox', heard.inbox.work);
    worker.on('send', heard.send.work);
    await heard.send.reach(1);
    await backend.cut();
    await heard.send.reach(2);
    await eventually(() => web.healthy() && worker.healthy(), 'the queue is well');
    for (const lane of ['inbox', 'send'] as const) {
      const before = heard[lane].count();
      web.poke(lane);
      await heard[lane].reach(before + 1);
    }
  });

  test('Stopping takes less than five seconds even in the middle of a run; a poke after it is harmless', async () => {
    const ringing = await wake({ mode: 'all' });
    const runs = counter(new Promise(() => undefined));
    ringing.on('inbox', runs.work);
    ringing.poke('inbox');
    await runs.reach(1);
    const begun = Date.now();
    await ringing.stop();
    expect(Date.now() - begun).toBeLessThan(5000);
    ringing.poke('inbox');
    ringing.poke('send');
    ringing.armAt(Date.now());
    await realPace.sleep(50);
    expect(runs.count()).toBe(1);
  });

  test('After the stop no alarm rings, and nothing of the clock keeps the process alive', async () => {
    // The connection that looks for alarms is there before, too.
    await backend.alarms();
    const before = handles();
    const ringing = await wake({ mode: 'all' });
    const runs = counter();
    ringing.on('due', runs.work);
    ringing.on('send', runs.work);
    await runs.reach(1);
    ringing.armAt(Date.now() + 300);
    await eventually(async () => (await backend.alarms()).length > 0, 'the alarm is set');
    await ringing.stop();
    const last = runs.count();
    ringing.poke('send');
    await realPace.sleep(500);
    expect(runs.count()).toBe(last);
    await eventually(() => handles() <= before, 'what the clock had open is gone');
  });
}
