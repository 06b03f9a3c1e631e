/** An incident's own group, on the simulated platform. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDingtalk } from '../../../src/bot/dingtalk';
import type { Groups } from '../../../src/ports/platform';
import { FOREVER, message, testDeps } from '../wire/support';
import { type Simulated, simulate } from './simulated';
import { binding } from './support';

let sim: Simulated;
beforeEach(async () => {
  sim = await simulate({ changes: {} });
});
afterEach(() => sim.close());

const groups = (changes: Record<string, unknown> = {}) => createDingtalk({ ...sim.binding, ...changes }, sim.deps).groups as Groups;
const SPEC = { key: 'incident-12', name: '#12 处置组', owner: 'leader1', members: ['duty1', 'coord1', 'leader1'] };

/** The group's address. */
async function made(spec = SPEC): Promise<string> {
  const end = await groups().create(spec, FOREVER);
  if (end.is !== 'found') throw new Error(JSON.stringify(end));
  return end.value.route.address;
}

describe('an incident’s own group', () => {
  test('is made with its people, can be written to at once; the same key is the same group', async () => {
    const address = await made();
    expect(await groups().look(address, FOREVER)).toEqual({
      is: 'found',
      value: { name: '#12 处置组', people: ['leader1', 'duty1', 'coord1'], strangers: [] },
    });
    const end = await groups().create(SPEC, FOREVER);
    expect(end).toEqual({
      is: 'found',
      value: { route: { tenant: 'sandbox', channel: 'dingtalk.group', address, pages: false }, except: [] },
    });
    expect(await made({ ...SPEC, key: 'incident-13' })).not.toBe(address);
    expect(await sim.send('dingtalk.group', message({ heading: '请集结' }), address)).toMatchObject([{ is: 'accepted' }]);
  });

  test('without an owner belongs to its first member', async () => {
    const address = await made({ ...SPEC, owner: null as never });
    expect(await groups().look(address, FOREVER)).toMatchObject({ value: { people: ['duty1', 'coord1', 'leader1'] } });
  });

  test('leaves out whoever has no account or is not known to the platform, and names them', async () => {
    const people = { ...sim.binding.people, lost1: 'DtLost1' };
    const end = await groups({ people }).create({ ...SPEC, members: ['duty1', 'lost1', 'noaccount'] }, FOREVER);
    expect(end).toMatchObject({ is: 'found', value: { except: ['noaccount', 'lost1'] } });
  });

  test('is changed member by member, name and all; one who is lost keeps nobody out', async () => {
    const address = await made({ ...SPEC, members: ['duty1'] });
    const people = { ...sim.binding.people, lost1: 'DtLost1' };
    const change = { name: '[已结束] #12 处置组，名称长过二十个字的要截断', add: ['coord1', 'lost1'], remove: ['duty1'] };
    expect(await groups({ people }).change(address, change, FOREVER)).toMatchObject({ is: 'found', value: { except: ['lost1'] } });
    expect(await groups().look(address, FOREVER)).toEqual({
      is: 'found',
      value: { name: [...change.name].slice(0, 20).join(''), people: ['leader1', 'coord1'], strangers: [] },
    });
  });

  test('names people who are none of ours', async () => {
    const address = await made();
    const { coord1: _, ...people } = sim.binding.people;
    expect(await groups({ people }).look(address, FOREVER)).toMatchObject({
      value: { people: ['leader1', 'duty1'], strangers: ['DtCoord1'] },
    });
  });

  test.each([
    [
      'of one person alone',
      { ...SPEC, owner: null, members: ['duty1'] },
      {},
      { is: 'refused', code: 'too_few_members', fault: 'receiver' },
    ],
    ['from a template that is not there', SPEC, { sceneTemplateId: 'wrong' }, { is: 'refused', code: 'template.not.existed' }],
  ])('%s is refused', async (_what, spec, changes, end) => {
    expect(await groups(changes).create(spec, FOREVER)).toMatchObject(end);
  });

  test('that is gone is refused, whatever is asked about it', async () => {
    expect(await groups().look('cidGone==', FOREVER)).toMatchObject({ is: 'refused', code: 'openConversationId.notExisted' });
    expect(await groups().change('cidGone==', { name: 'x' }, FOREVER)).toMatchObject({ is: 'refused' });
  });

  test('cannot be made without a template, or where groups are switched off', () => {
    expect(createDingtalk(binding({ sceneTemplateId: undefined }), testDeps()).groups).toBeUndefined();
    expect(createDingtalk({ ...sim.binding, capabilities: { groups: 'off' } }, sim.deps).groups).toBeUndefined();
  });
});
