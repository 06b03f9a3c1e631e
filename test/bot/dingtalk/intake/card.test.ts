import { describe, expect, test } from '@jest/globals';
import { type CardPlace, cardId } from '../../../../src/bot/dingtalk/cardId';
import { readCard } from '../../../../src/bot/dingtalk/intake/card';
import { createParts } from '../../../../src/bot/dingtalk/parts';
import { NOW, testDeps } from '../../wire/support';
import { binding } from '../support';
import { cardBody } from './bodies';

const deps = testDeps();
const PARTS = createParts(binding(), deps);
const pressed = (changes: Record<string, unknown> = {}, action?: Record<string, unknown>) => readCard(cardBody(changes, action), PARTS);

describe('a press on a card', () => {
  test('is a click with the button’s key, and the card can be changed for an answer', () => {
    expect(pressed()).toEqual({
      tenant: 'city',
      source: 'card',
      dedupeKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      chat: { id: 'cidDuty==', kind: 'group' },
      account: 'zhiban1',
      sentAt: NOW,
      content: { is: 'click', key: 'ack:1:2' },
      ticket: { kind: 'card', outTrackId: 'inc-7-card-1', userid: 'zhiban1' },
    });
  });

  test.each([
    ['the button’s id where it has no key', { actionIds: ['ack'], params: {} }, { is: 'click', key: 'ack' }],
    [
      'what was filled in, by its field',
      {
        actionIds: ['submit'],
        params: { key: 'form:1', place: 'A', tags: ['x', 'y'], count: 3, choice: { value: 'b', index: 1 }, odd: {} },
      },
      { is: 'click', key: 'form:1', choices: { place: ['A'], tags: ['x', 'y'], count: ['3'], choice: ['b'] } },
    ],
  ])('%s', (_what, action, content) => expect(pressed({}, action)?.content).toEqual(content));

  test.each([
    ['value instead of content', { content: undefined }],
    ['content instead of value', { value: undefined }],
    ['an object instead of a text', { content: { cardPrivateData: { actionIds: ['ack'], params: { key: 'ack:1:2' } } } }],
    ['another letter case', { spaceType: 'IM' }],
    ['the long name of the place', { spaceType: 'IM_GROUP', spaceId: 'dtv1.card//IM_GROUP.cidDuty==' }],
  ])('is read from %s', (_what, changes) => {
    expect(pressed(changes)).toMatchObject({ content: { key: 'ack:1:2' }, chat: { id: 'cidDuty==', kind: 'group' } });
  });

  test.each([
    ['IM_ROBOT', 'zhiban1'],
    ['IM_ROBOT', 'cidSingle=='],
    ['im', 'zhiban1'],
    ['', undefined],
  ])('in the talk with the robot (%s %s) belongs to the person', (spaceType, spaceId) => {
    expect(pressed({ spaceType, spaceId })?.chat).toEqual({ id: 'zhiban1', kind: 'single' });
  });

  test('on a card that was given to one person belongs to that talk, though the platform names a conversation like any group’s', () => {
    const at = (place: CardPlace) => pressed({ outTrackId: cardId('d1', 1, place) })?.chat;
    expect([at('single'), at('group')]).toEqual([
      { id: 'zhiban1', kind: 'single' },
      { id: 'cidDuty==', kind: 'group' },
    ]);
  });

  test('by somebody of another organisation is nobody’s of ours', () => {
    expect(pressed({ corpId: 'dingother' })?.account).toBe('foreign:dingother:zhiban1');
    expect(pressed({ userIdType: 2, userId: 'u-1' })?.account).toBe('union:u-1');
  });

  test('pushed over the long connection is told from the next by its frame', () => {
    const by = (messageId: string) => readCard(cardBody(), PARTS, { messageId })?.dedupeKey;
    expect(by('m1')).toBe(by('m1'));
    expect(by('m2')).not.toBe(by('m1'));
  });

  test('that is called back twice within the minute is one, and a later or another one counts', () => {
    const first = pressed()?.dedupeKey;
    expect(pressed()?.dedupeKey).toBe(first);
    expect(pressed({ userId: 'daiban1' })?.dedupeKey).not.toBe(first);
    expect(pressed({ outTrackId: 'other' })?.dedupeKey).not.toBe(first);
    expect(pressed({}, { actionIds: ['ack'], params: { key: 'ack:1:3' } })?.dedupeKey).not.toBe(first);
    deps.clock.time += 60_000;
    expect(pressed()?.dedupeKey).not.toBe(first);
    deps.clock.time -= 60_000;
  });

  test.each([
    ['no card', { outTrackId: '' }],
    ['nobody', { userId: undefined }],
    ['no button', { content: '{}', value: '{}' }],
    ['broken JSON', { content: '{"cardPrivateData":', value: undefined }],
    ['an empty list of buttons', { content: '{"cardPrivateData":{"actionIds":[]}}', value: undefined }],
  ])('with %s is none', (_what, changes) => expect(pressed(changes)).toBeNull());
});
