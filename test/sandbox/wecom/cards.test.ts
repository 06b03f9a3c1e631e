import { describe, expect, test } from '@jest/globals';
import { readCard } from '../../../src/sandbox/wecom/cards/checks';

const open = { type: 1, url: 'http://127.0.0.1/' };
const options = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `o${n}`, text: `选项${n}` }));
const text = { card_type: 'text_notice', main_title: { title: '通知' }, card_action: open };
const news = { card_type: 'news_notice', main_title: { title: '简报' }, card_action: open, card_image: { url: 'http://127.0.0.1/p.png' } };
const button = {
  card_type: 'button_interaction',
  main_title: { title: '签收' },
  task_id: 'T',
  button_list: [{ text: '收到', key: 'ack' }],
};
const vote = {
  card_type: 'vote_interaction',
  main_title: { title: '到会' },
  task_id: 'T',
  checkbox: { question_key: 'q', mode: 1, option_list: options(2) },
  submit_button: { text: '提交', key: 'go' },
};
const multiple = {
  card_type: 'multiple_interaction',
  main_title: { title: '排班' },
  task_id: 'T',
  select_list: [{ question_key: 'q', option_list: options(2) }],
  submit_button: { text: '提交', key: 'go' },
};
const menu = (keys: string[]) => ({ action_menu: { desc: '更多', action_list: keys.map((key) => ({ key, text: key })) } });
const rows = (row: object, count = 1) => ({ horizontal_content_list: Array.from({ length: count }, () => ({ keyname: '时限', ...row })) });
const jumps = (jump: object, count = 1) => ({ jump_list: Array.from({ length: count }, () => ({ title: '看', ...jump })) });

describe('the five types as they should be', () => {
  test.each([
    ['text_notice', text, true],
    ['text_notice with a second title alone', { ...text, main_title: undefined, sub_title_text: '通知' }, true],
    ['news_notice', news, true],
    [
      'news_notice with words beside a picture',
      { ...news, card_image: undefined, image_text_area: { title: 't', image_url: 'http://x' } },
      true,
    ],
    ['button_interaction', button, false],
    ['button_interaction with a drop-down', { ...button, button_selection: { question_key: 'q', option_list: options(10) } }, false],
    ['vote_interaction', { ...vote, checkbox: { ...vote.checkbox, option_list: options(20) } }, false],
    [
      'multiple_interaction',
      { ...multiple, select_list: [1, 2, 3].map((n) => ({ question_key: `q${n}`, option_list: options(10) })) },
      false,
    ],
    ['a menu', { ...text, ...menu(['a', 'b', 'c']), task_id: 'T' }, false],
  ])('%s', (_title, card, onWebhook) => {
    expect(readCard(card, 'app').errcode).toBe(0);
    expect(readCard(card, 'robot').errcode).toBe(0);
    expect(readCard(card, 'webhook').errcode).toBe(onWebhook ? 0 : 40058);
  });
});

describe('an app is told which field is wrong, a robot only that something is', () => {
  test.each<[string, object, number]>([
    ['row without a name', { ...text, ...rows({ keyname: '' }) }, 42027],
    ['link row without a url', { ...text, ...rows({ type: 1 }) }, 42028],
    ['attachment row without media', { ...text, ...rows({ type: 2 }) }, 42029],
    ['mini-program without appid', { ...text, card_action: { type: 2 } }, 42030],
    ['jump to a mini-program without appid', { ...text, ...jumps({ type: 2 }) }, 42030],
    ['unknown type', { ...text, card_type: 'song' }, 42031],
    ['no title', { ...text, main_title: {} }, 42033],
    ['vote without a title', { ...vote, main_title: {}, sub_title_text: 'x' }, 42033],
    ['jump without a title', { ...text, ...jumps({ title: '' }) }, 42033],
    ['vertical row without a title', { ...news, vertical_content_list: [{ desc: 'x' }] }, 42033],
    ['seven rows', { ...text, ...rows({}, 7) }, 42035],
    ['five vertical rows', { ...news, vertical_content_list: Array.from({ length: 5 }, () => ({ title: 't' })) }, 42036],
    ['vote without options', { ...vote, checkbox: { question_key: 'q', option_list: [] } }, 42037],
    ['vote with 21 options', { ...vote, checkbox: { question_key: 'q', option_list: options(21) } }, 42037],
    ['drop-down with 11 options', { ...button, button_selection: { question_key: 'q', option_list: options(11) } }, 42037],
    ['button without text', { ...button, button_list: [{ key: 'a' }] }, 42038],
    ['button without key', { ...button, button_list: [{ text: 'a' }] }, 42039],
    ['two buttons with one key', { ...button, button_list: [1, 2].map(() => ({ text: 'a', key: 'a' })) }, 42039],
    ['key over 1024 bytes', { ...button, button_list: [{ text: 'a', key: 'a'.repeat(1025) }] }, 42039],
    ['option without id', { ...vote, checkbox: { question_key: 'q', option_list: [{ text: 'x' }] } }, 42040],
    ['option id over 128 bytes', { ...vote, checkbox: { question_key: 'q', option_list: [{ id: 'a'.repeat(129), text: 'x' }] } }, 42040],
    ['option without text', { ...vote, checkbox: { question_key: 'q', option_list: [{ id: 'x' }] } }, 42041],
    ['four jumps', { ...text, ...jumps({}, 4) }, 42042],
    ['vote without a question key', { ...vote, checkbox: { option_list: options(2) } }, 42043],
    ['news without a picture', { ...news, card_image: {} }, 42044],
    ['text notice without an action', { ...text, card_action: { type: 0 } }, 42045],
    ['submit button without key', { ...vote, submit_button: { text: 'a' } }, 42046],
    ['four drop-downs', { ...multiple, select_list: [1, 2, 3, 4].map((n) => ({ question_key: `q${n}`, option_list: options(2) })) }, 42047],
    ['no drop-down', { ...multiple, select_list: [] }, 42047],
    ['submit button without text', { ...multiple, submit_button: { key: 'a' } }, 42049],
    ['member row without a userid', { ...text, ...rows({ type: 3 }) }, 42050],
    ['menu key of a button', { ...button, ...menu(['ack']) }, 42051],
    ['illegal task id', { ...button, task_id: '任务' }, 42014],
    ['task id over 128 bytes', { ...button, task_id: 'a'.repeat(129) }, 42014],
    ['vote without a task id', { ...vote, task_id: undefined }, 42014],
    ['menu without a task id', { ...text, ...menu(['a']) }, 42014],
    ['seven buttons', { ...button, button_list: Array.from({ length: 7 }, (_, n) => ({ text: 'a', key: `${n}` })) }, 40058],
    ['four menu entries', { ...text, ...menu(['a', 'b', 'c', 'd']), task_id: 'T' }, 40058],
    ['picture too wide', { ...news, card_image: { url: 'http://x', aspect_ratio: 2.25 } }, 40058],
    ['a field of the wrong kind', { ...text, main_title: 'x' }, 40058],
  ])('%s', (_title, card, errcode) => {
    expect(readCard(card, 'app').errcode).toBe(errcode);
    expect(readCard(card, 'robot').errcode).toBe(40058);
  });

  test('only a robot may ask in a jump, and only others may attach media', () => {
    const ask = { ...text, ...jumps({ type: 3, question: '进展如何' }) };
    expect(readCard(ask, 'robot').errcode).toBe(0);
    expect(readCard({ ...text, ...jumps({ type: 3, question: 'a'.repeat(201) }) }, 'robot').errcode).toBe(40058);
    expect(readCard(ask, 'app').errcode).toBe(40058);
    const attached = { ...text, ...rows({ type: 2, media_id: 'm1' }) };
    expect(readCard(attached, 'app', (id) => id === 'm1').errcode).toBe(0);
    expect(readCard(attached, 'app').errcode).toBe(40007);
    expect(readCard(attached, 'robot', () => true).errcode).toBe(40058);
  });
});
