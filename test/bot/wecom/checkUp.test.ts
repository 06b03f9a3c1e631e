/** At the start an operator reads whether the platform takes our calls, and what to mend. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FOREVER } from '../wire/support';
import { type Simulated, simulate } from './simulated';

let sim: Simulated;
beforeEach(async () => {
  sim = await simulate();
});
afterEach(() => sim.close());

const lines = async () => {
  await sim.wecom.checkUp?.(FOREVER);
  return sim.deps.lines.join('\n');
};

test('says from where the callbacks come', async () => {
  expect(await lines()).toMatch(/^info wecom check-up: calls are taken .*127\.0\.0\.\*/);
});

test('says that the address of this machine is not trusted', async () => {
  await sim.room.post('api/switches', { trustedIp: false });
  expect(await lines()).toMatch(/error .*60020/);
});

test('says that nothing answered, and keeps nobody waiting', async () => {
  await sim.room.sandbox.stop();
  expect(await lines()).toMatch(/warn wecom check-up: no answer/);
});

test('says what another refusal means', async () => {
  await sim.room.post('api/faults', { api: 'getcallbackip', errcode: 50003, times: 1 });
  expect(await lines()).toMatch(/error wecom check-up: calls are refused .*50003.*the operator must act/);
});
