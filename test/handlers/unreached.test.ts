/** What ways refused is made known to the duty room, also when the next way was quicker than whoever looks. */
import { beforeEach, expect, test } from '@jest/globals';
import type { Unreached } from '../../src/core/incident/events/work';
import { heedRefusals } from '../../src/handlers/unreached';
import type { DeliveryState } from '../../src/ports/sending';
import type { World } from '../../src/store/memory';
import { clock, report } from '../core/builders';
import { type Office, openImaginedOffice } from './office';

let office: Office;
let world: World;
beforeEach(async () => {
  ({ office, world } = openImaginedOffice());
  office.now = clock('09:00');
  await office.act('s1', 'duty1', report());
});

test('a carrier that is out of order is told although the next way has reached the person; a refused number on the way is not', async () => {
  expect(await told('accepted', ['carrier_down', 'number_wrong'])).toEqual([['sms', 'carrier_down']]);
});

test('when no way is left the last refusal is told beside the carrier that was out of order, each once', async () => {
  expect(await told('refused', ['carrier_down', 'quota', 'phone_off'])).toEqual([
    ['sms', 'carrier_down'],
    ['sms', 'phone_off'],
  ]);
  expect(await told('refused', ['carrier_down', 'carrier_down'])).toEqual([['sms', 'carrier_down']]);
});

/** What the incident is told of the duty leader, after her short message was refused with these codes. */
async function told(state: DeliveryState, unheeded: readonly string[]): Promise<readonly (readonly string[])[]> {
  const rows = world.rows.deliveries;
  for (const row of rows.values()) rows.set(row.id, { ...row, unheeded: [] });
  const [call] = [...rows.values()].filter((row) => row.addressee === 'person:leader1');
  if (call === undefined) throw new Error('she is told nothing');
  rows.set(call.id, { ...call, purpose: 'sms', intent: { ...call.intent, by: 'sms' }, state, unheeded });
  const before = world.rows.events.size;
  expect(await heedRefusals(office.deps, 's1')).toBe('heeded');
  expect(rows.get(call.id)?.unheeded).toEqual([]);
  const events = [...world.rows.events.values()].slice(before).map(({ body }) => JSON.parse(body) as { tried: readonly Unreached[] });
  return events.flatMap(({ tried }) => tried).map(({ by, code }) => [by, code]);
}
