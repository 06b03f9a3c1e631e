/** Whatever a bot sends, people see as their client would show it: files, news, places, questions, groups of an app, and what got lost. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom, PNG, type RawRobot } from '../sandbox/dutyRoom';
import { ChatPage, wordsOf } from './chatPage';
import { DESK, openWindow, PHONE, type Window } from './chromium';

const NEWS = [
  {
    title: '湖滨区建设路聚集事件现场通报',
    description: '截至九时，现场平稳。',
    url: 'https://duty.example.gov.cn/1',
    picurl: 'https://duty.example.gov.cn/%E7%8E%B0%E5%9C%BA.jpg',
  },
  { title: '值班电话更新', url: 'https://duty.example.gov.cn/2', picurl: 'https://duty.example.gov.cn/2.png' },
];
const options = (...texts: readonly string[]) => texts.map((text, at) => ({ id: `o${at}`, text }));
const VOTE = {
  card_type: 'vote_interaction',
  main_title: { title: '今晚会商，哪几个组参加？', desc: '#12 湖滨区聚集事件' },
  task_id: 'V1',
  checkbox: { question_key: 'groups', mode: 1, option_list: options('综合协调组', '现场处置组', '调查组') },
  submit_button: { text: '提交', key: 'send' },
};
const SHIFT = {
  card_type: 'multiple_interaction',
  main_title: { title: '请选夜班' },
  task_id: 'M1',
  select_list: [
    { question_key: 'day', title: '日期', option_list: options('周一', '周二') },
    { question_key: 'turn', title: '班次', option_list: options('上半夜', '下半夜') },
  ],
  submit_button: { text: '提交', key: 'send' },
};

let window: Window;
let room: DutyRoom;
let robot: RawRobot;
let chat: ChatPage;
beforeAll(async () => {
  window = await openWindow(DESK);
  room = await openDutyRoom();
  robot = await room.robot();
  await robot.subscribe(room.sandbox.binding().robot);
  chat = new ChatPage(window.page);
  await chat.open(`${room.base}/`);
}, 60_000);
afterAll(async () => {
  await window?.close();
  await room?.close();
});

const chatid = () => room.sandbox.binding().rooms.duty?.chatId ?? '';
const push = (card: object) => robot.ask('aibot_send_msg', { chatid: chatid(), msgtype: 'template_card', template_card: card });
const give = (room_: string, more: object) => room.post('api/send', { room: room_, from: 'duty1', ...more });

async function makeGroup(id: string, name: string, userlist: readonly string[]) {
  await room.api('appchat/create', { chatid: id, name, owner: userlist[0], userlist });
}
const sayIn = (id: string, content: string) => room.api('appchat/send', { chatid: id, msgtype: 'text', text: { content } });

describe('the chat page', () => {
  test('shows a picture as a picture, other files by name and size, and a broken picture as a file', async () => {
    await chat.be('duty1', 'dm:duty1');
    const shot = (await window.page.screenshot()).toString('base64');
    await give('dm:duty1', { kind: 'image', name: '现场照片.png', data: shot });
    await give('dm:duty1', { kind: 'image', name: '坏的.png', data: PNG.toString('base64') });
    await give('dm:duty1', { kind: 'file', name: '值班日报（11月22日）.docx', data: Buffer.alloc(48_300, 1).toString('base64') });
    await give('dm:duty1', {
      kind: 'voice',
      name: 'v.amr',
      data: Buffer.from('#!AMR\nxxxxxxxx').toString('base64'),
      transcript: '我已到现场',
    });
    await give('dm:duty1', { kind: 'mixed', text: '现场两张', pictures: [{ name: '一.png', data: shot }] });
    await give('dm:duty1', { kind: 'location', to: 'app', latitude: 30.25, longitude: 120.15, label: '建设路丰和超市' });
    const files = chat.byId('file');
    await chat.page.locator('.tile.image', { hasText: '坏的.png' }).waitFor();
    await chat.page.locator('.place', { hasText: '建设路丰和超市' }).waitFor();
    expect(await files.count()).toBe(5);
    expect(await chat.page.locator('.shot img').count()).toBe(2);
    expect(await wordsOf(chat.page.locator('.tile.file'))).toBe('DOCX值班日报（11月22日）.docx文件 · 47 KB');
    expect(await wordsOf(chat.page.locator('.msg', { hasText: 'v.amr' }).locator('.text'))).toBe('我已到现场');
    expect(await wordsOf(chat.page.locator('.msg', { hasText: '现场两张' }).locator('.text'))).not.toContain('[图片]');
    const saved = await chat.page.request.get(
      new URL((await chat.page.locator('.tile.file').getAttribute('href')) ?? '', chat.page.url()).href,
    );
    expect((await saved.body()).length).toBe(48_300);
    await chat.picture('kinds-1-files');
  });

  test('shows news with titles and the names of pictures that stand elsewhere, and fetches nothing from there', async () => {
    await chat.be('duty1', 'duty');
    expect(await room.webhook('duty', { msgtype: 'news', news: { articles: NEWS } })).toMatchObject({ errcode: 0 });
    const news = chat.byId('news').last();
    await news.waitFor();
    expect(await wordsOf(news)).toContain('图片 现场.jpg');
    expect(await news.locator('a').count()).toBe(2);
    expect(await news.locator('img').count()).toBe(0);
  });

  test('lets people answer the questions of a card: boxes and drop-downs, each once, with what they chose', async () => {
    expect(await push(VOTE)).toBe(0);
    const vote = await chat.see('哪几个组参加');
    expect(await wordsOf(vote)).not.toContain('综合协调组、现场处置组');
    await vote.getByLabel('现场处置组').check();
    await vote.getByLabel('调查组').check();
    await chat.picture('kinds-2-news-and-vote');
    await vote.getByRole('button', { name: '提交' }).click();
    const answer = await robot.callback('aibot_event_callback', 1);
    expect(JSON.stringify(answer.body?.event)).toContain('"question_key":"groups","option_ids":{"option_id":["o1","o2"]}');
    expect(await push(SHIFT)).toBe(0);
    const shift = await chat.see('请选夜班');
    await shift.getByLabel('班次').selectOption({ label: '下半夜' });
    await chat.picture('kinds-3-dropdowns');
    await shift.getByRole('button', { name: '提交' }).click();
    expect(JSON.stringify((await robot.callback('aibot_event_callback', 2)).body?.event)).toMatch(/"day".*"o0".*"turn".*"o1"/);
  });

  test('whoever only looks can choose nothing', async () => {
    await chat.be('coord1', 'duty');
    const vote = await chat.see('哪几个组参加');
    expect(await vote.getByLabel('调查组').isDisabled()).toBe(true);
    expect(await chat.nameless()).toEqual([]);
  });

  test('shows a group that the app made, and says who got nothing although the platform said ok', async () => {
    await makeGroup('inc12', '#12 湖滨区处置群', ['SdDuty1', 'SdLeader1', 'SdOffice1']);
    await makeGroup('inc13', '#13 另一个群', ['SdDuty1', 'SdCoord1']);
    for (let n = 0; n < 200; n += 1) await sayIn('inc13', '满');
    await sayIn('inc12', '请各组在群内报告进展');
    await chat.byId('room-appchat:inc12').waitFor();
    await chat.be('leader1', 'appchat:inc12');
    const missed = await chat.see('请各组在群内报告进展');
    expect(await wordsOf(missed)).toContain('应用群');
    expect(await wordsOf(missed)).toContain('常值一没有收到');
    expect(await wordsOf(chat.page.locator('.chat-head'))).toContain('机器人听不到');
    await chat.picture('kinds-4-appchat');
    await chat.be('duty1', 'appchat:inc12');
    expect(await wordsOf(await chat.see('请各组在群内报告进展'))).toContain('您没有收到这条');
  });

  test('a message taken back leaves only that it was', async () => {
    const { msgid } = await room.api('message/send', {
      touser: 'SdDuty1',
      agentid: room.sandbox.binding().agentId,
      msgtype: 'text',
      text: { content: '发错的通知' },
    });
    await chat.be('duty1', 'dm:duty1');
    await chat.see('发错的通知');
    await room.api('message/recall', { msgid });
    await chat.see('已撤回');
    expect(await chat.page.getByText('发错的通知').count()).toBe(0);
  });

  test('all of it fits a small phone', async () => {
    await window.page.setViewportSize(PHONE);
    for (const [place, name] of [
      ['dm:duty1', 'files'],
      ['duty', 'cards'],
    ] as const) {
      await chat.page.getByRole('button', { name: '返回房间列表' }).click();
      await chat.be('duty1', place);
      await chat.picture(`kinds-5-phone-${name}`);
      expect(await chat.overflow()).toBe(0);
    }
    expect(window.faults).toEqual([]);
  });
});
