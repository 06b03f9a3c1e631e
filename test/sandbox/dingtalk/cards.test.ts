import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listening } from '../dutyRoom';
import { CALM, type DingRoom, openDingRoom, type RawStream } from './dingRoom';

const PRESSED = '/v1.0/card/instances/callback';

let room: DingRoom;
beforeEach(async () => {
  room = await openDingRoom(CALM);
});
afterEach(() => room.close());

const buttons = (...ids: string[]) =>
  JSON.stringify(ids.map((id) => ({ id, text: id === 'ack' ? '收到' : '完成', params: { incident: '7' } })));
const order = (more: object = {}) => ({
  cardTemplateId: room.binding.cardTemplateId,
  outTrackId: 'inc-7',
  callbackType: 'STREAM',
  cardData: { cardParamMap: { title: '签收 #7', text: '液氨泄漏\n请到岗', buttons: buttons('ack') } },
  openSpaceId: `dtv1.card//IM_GROUP.${room.binding.rooms.duty?.openConversationId}`,
  imGroupOpenSpaceModel: { supportForward: false },
  imGroupOpenDeliverModel: { robotCode: room.binding.robotCode, atUserIds: { DtLeader1: '带班甲' } },
  ...more,
});
const show = (more: object = {}) => room.api('card/instances/createAndDeliver', order(more));
const update = (body: object) => room.api('card/instances', { outTrackId: 'inc-7', ...body }, 'PUT');
const shown = async () => (await room.messages('duty'))[0];

async function press(stream: RawStream, from: string, answer: unknown, n = 0, values: object = {}) {
  const message = await shown();
  await room.post('api/click', { message: message?.id, button: 'ack', from, values });
  const frame = await stream.frame(PRESSED, n);
  stream.answer(frame, { response: answer });
  return JSON.parse(frame.data) as Record<string, string>;
}

/** Looks again until the card is as expected, as an answer takes its way. */
async function becomes(expected: object): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      expect(await shown()).toMatchObject(expected);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  expect(await shown()).toMatchObject(expected);
}

describe('a card in a group', () => {
  test('shows its variables and its buttons and pages whom it names', async () => {
    expect(await show()).toMatchObject({
      status: 200,
      success: true,
      result: { outTrackId: 'inc-7', deliverResults: [{ spaceType: 'IM_GROUP', success: true, carrierId: expect.any(String) }] },
    });
    expect(await shown()).toMatchObject({
      kind: 'card',
      via: 'robot',
      text: '签收 #7\n液氨泄漏\n请到岗\n[收到]',
      card: { title: '签收 #7', lines: ['液氨泄漏', '请到岗'] },
      buttons: [{ key: 'ack', text: '收到' }],
      pinged: ['leader1'],
    });
  });

  test('is shown once under its track id, and pages all when it says so', async () => {
    const at = { imGroupOpenDeliverModel: { robotCode: room.binding.robotCode, atUserIds: { '@ALL': '@ALL' } } };
    const [first, second] = [await show(at), await show(at)];
    expect(second.result).toEqual(first.result);
    expect(await room.messages('duty')).toMatchObject([{ pinged: ['duty1', 'leader1', 'office1', 'guest1'] }]);
  });

  test('can be shown to some alone; the others can press nothing', async () => {
    await show({ imGroupOpenDeliverModel: { robotCode: room.binding.robotCode, recipients: ['DtDuty1'], atUserIds: { DtLeader1: 'x' } } });
    const message = await shown();
    expect(message).toMatchObject({ pinged: [], card: { faces: { leader1: { buttons: [] } } } });
    expect(await room.post('api/click', { message: message?.id, button: 'ack', from: 'leader1' })).toMatchObject({
      error: { code: 'no_button' },
    });
  });

  test('a place that does not work is told in the results, under success', async () => {
    const spaces = `dtv1.card//IM_GROUP.cidX;IM_GROUP.${room.binding.rooms.quiet?.openConversationId}`;
    expect((await show({ openSpaceId: spaces })).result).toMatchObject({ deliverResults: [{ success: false }, { success: false }] });
    const foreign = { imGroupOpenDeliverModel: { robotCode: 'dingother' } };
    expect((await show({ outTrackId: 'inc-8', ...foreign })).result).toMatchObject({
      deliverResults: [{ success: false, errorMsg: 'robotCode invalid' }],
    });
    expect(await room.messages('duty')).toEqual([]);
  });

  test.each([
    ['no template', { cardTemplateId: '' }, 'param.cardTemplateIdEmpty'],
    ['an unknown template', { cardTemplateId: 'x.schema' }, 'template.not.existed'],
    ['no track id', { outTrackId: '' }, 'param.outTrackIdEmpty'],
    ['no variables', { cardData: {} }, 'param.cardPublicDataEmpty'],
    ['a variable that is no text', { cardData: { cardParamMap: { title: 7 } } }, 'invalidParameter'],
    ['a private part for nobody', { privateData: { nobody: { cardParamMap: {} } } }, 'param.userIdNotExist'],
    ['a space that is none', { openSpaceId: 'cidX' }, 'param.openSpaceIdInvalid'],
    ['no model of the space', { imGroupOpenSpaceModel: undefined }, 'param.openSpaceModelInvalid'],
  ])('%s is refused', async (_title, more, code) => {
    expect(await show(more)).toMatchObject({ status: 400, code });
  });

  test('is made first and delivered later, also to a person, and taken back by its carrier', async () => {
    const { cardTemplateId, outTrackId, cardData } = order();
    expect(await room.api('card/instances', { cardTemplateId, outTrackId, cardData, callbackType: 'STREAM' })).toMatchObject({
      result: 'inc-7',
    });
    const robot = { imRobotOpenSpaceModel: {}, imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: room.binding.robotCode } };
    const placed = await room.api('card/instances/deliver', { outTrackId, openSpaceId: 'dtv1.card//IM_ROBOT.DtDuty1', ...robot });
    const [result] = (placed.result as { deliverResults: { carrierId: string }[] }).deliverResults;
    expect(await room.messages('dm:duty1')).toMatchObject([{ kind: 'card', pinged: [] }]);
    const { openSpaceId, imGroupOpenSpaceModel, imGroupOpenDeliverModel } = order();
    await room.api('card/instances/spaces', { outTrackId, openSpaceId, imGroupOpenSpaceModel, imGroupOpenDeliverModel }, 'PUT');
    expect(await shown()).toMatchObject({ kind: 'card' });
    const { robotCode } = room.binding;
    expect(await room.api('robot/otoMessages/batchRecall', { robotCode, processQueryKeys: [result?.carrierId] })).toMatchObject({
      successResult: [result?.carrierId],
    });
    expect(await room.api('card/instances/deliver', { outTrackId: 'unknown', openSpaceId })).toMatchObject({ status: 404 });
  });
});

describe('a change in place', () => {
  test('by key leaves the other variables, without it replaces them all', async () => {
    await show();
    await update({ cardData: { cardParamMap: { title: '已签收 #7' } }, cardUpdateOptions: { updateCardDataByKey: true } });
    expect(await shown()).toMatchObject({ card: { title: '已签收 #7', lines: ['液氨泄漏', '请到岗'] } });
    await update({ cardData: { cardParamMap: { title: '终' } } });
    expect(await shown()).toMatchObject({ card: { title: '终', lines: [] }, buttons: [] });
    expect(await room.messages('duty')).toHaveLength(1);
  });

  test('for one person alone, and words that take the place of the buttons', async () => {
    await show();
    await update({ privateData: { DtDuty1: { cardParamMap: { status: '您已签收' } } } });
    expect(await shown()).toMatchObject({
      buttons: [{ key: 'ack' }],
      card: { faces: { duty1: { replaced: '您已签收', buttons: [] } }, states: { duty1: expect.stringContaining('[您已签收]') } },
    });
  });

  test.each([
    ['an unknown card', { outTrackId: 'x' }, 404, 'resource.not.found'],
    ['no card', { outTrackId: '' }, 400, 'param.outTrackIdEmpty'],
    ['a variable that is no text', { cardData: { cardParamMap: { title: true } } }, 400, 'invalidParameter'],
  ])('of %s is refused', async (_title, body, status, code) => {
    await show();
    expect(await update(body)).toMatchObject({ status, code });
  });

  test('a text can be streamed into a variable', async () => {
    await show();
    for (const content of ['正在', '处置'])
      await room.api('card/streaming', { outTrackId: 'inc-7', guid: content, key: 'text', content, isFull: content === '正在' }, 'PUT');
    expect(await shown()).toMatchObject({ card: { lines: ['正在处置'] } });
  });
});

describe('a press', () => {
  test('is told once to one connection, with the constants of the button and the form, all as text inside text', async () => {
    const stream = await room.stream();
    const inputs = JSON.stringify([{ name: 'level', label: '定级', options: [{ value: '2', text: 'Ⅱ级' }] }]);
    await show({ cardData: { cardParamMap: { title: '定级', buttons: buttons('ack'), inputs } } });
    expect(await shown()).toMatchObject({ card: { inputs: [{ question: 'level', title: '定级', options: [{ id: '2', text: 'Ⅱ级' }] }] } });
    const data = await press(stream, 'duty1', {}, 0, { level: ['2'] });
    expect(data).toMatchObject({
      type: 'actionCallback',
      outTrackId: 'inc-7',
      userId: 'DtDuty1',
      corpId: room.binding.corpId,
      spaceId: room.binding.rooms.duty?.openConversationId,
      extension: '{}',
      value: data.content,
    });
    expect(JSON.parse(data.content ?? '')).toEqual({ cardPrivateData: { actionIds: ['ack'], params: { incident: '7', level: '2' } } });
    await new Promise((resolve) => setTimeout(resolve, CALM.cardAnswerMs + 50));
    expect(stream.frames).toHaveLength(1);
  });

  test('changes the card by its answer, for all and for the presser', async () => {
    const stream = await room.stream();
    await show();
    await press(stream, 'duty1', {
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: { text: '已有1人签收' } },
      userPrivateData: { cardParamMap: { status: '您已签收' } },
    });
    await becomes({ card: { title: '签收 #7', lines: ['已有1人签收'], faces: { duty1: { replaced: '您已签收' } } } });
    await press(stream, 'leader1', { privateData: { DtLeader1: { cardParamMap: { status: '已阅' } } } }, 1);
    await becomes({ card: { faces: { leader1: { replaced: '已阅' } } } });
    const again = await room.post('api/click', { message: (await shown())?.id, button: 'ack', from: 'duty1' });
    expect(again).toMatchObject({ error: { code: 'no_button' } });
  });

  test('that is answered too late, or with an error, changes nothing', async () => {
    const stream = await room.stream();
    await show();
    await room.post('api/click', { message: (await shown())?.id, button: 'ack', from: 'duty1' });
    const frame = await stream.frame(PRESSED);
    await new Promise((resolve) => setTimeout(resolve, CALM.cardAnswerMs + 30));
    stream.answer(frame, { response: { cardData: { cardParamMap: { title: '晚了' } } } });
    await room.post('api/click', { message: (await shown())?.id, button: 'ack', from: 'duty1' });
    stream.answer(await stream.frame(PRESSED, 1), { response: { cardData: { cardParamMap: { title: '坏了' } } } }, 500);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await shown()).toMatchObject({ card: { title: '签收 #7' } });
  });

  test('goes to the registered address when the card says HTTP, and nowhere when it says nothing', async () => {
    const bodies: unknown[] = [];
    const bot = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      bodies.push(JSON.parse(body));
      response.end(JSON.stringify({ cardUpdateOptions: { updateCardDataByKey: true }, cardData: { cardParamMap: { status: '已签收' } } }));
    });
    const callbackUrl = `http://127.0.0.1:${await listening(bot)}/card`;
    await room.api('card/callbacks/register', { callbackRouteKey: 'k', callbackUrl, apiSecret: 's' });
    await show({ callbackType: 'HTTP', callbackRouteKey: 'k' });
    await room.post('api/click', { message: (await shown())?.id, button: 'ack', from: 'duty1' });
    await becomes({ card: { replaced: '已签收' } });
    expect(bodies).toMatchObject([{ outTrackId: 'inc-7', userId: 'DtDuty1' }]);
    await show({ outTrackId: 'inc-9', callbackType: undefined });
    await room.post('api/click', { message: (await room.messages('duty'))[1]?.id, button: 'ack', from: 'duty1' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bodies).toHaveLength(1);
    bot.close();
    bot.closeAllConnections();
  });
});

test('the console can hold a template with other variable names', async () => {
  await room.post('api/card-templates', { id: 'own.schema', title: 'head', text: 'body' });
  await show({ cardTemplateId: 'own.schema', cardData: { cardParamMap: { head: '标题', body: '正文' } } });
  expect(await shown()).toMatchObject({ card: { title: '标题', lines: ['正文'] } });
  expect(await room.get('api/card-templates')).toMatchObject({
    templates: [{ id: room.binding.cardTemplateId, title: 'title' }, { title: 'head' }],
  });
});
