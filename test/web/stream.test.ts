/** Open pages are told which incident has moved, and nobody of one he may not see. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { API_TOKEN, type Bureau, openBureau } from '../support/bureau';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

/** Reads until `wish` is met; each page has its own line. */
async function openPage(as: string) {
  const closing = new AbortController();
  const headers = { authorization: `Bearer ${API_TOKEN}`, 'x-fenghuo-as': as };
  const response = await fetch(`${bureau.app.url}/api/v1/stream`, { headers, signal: closing.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    type: response.headers.get('content-type'),
    async told(wish: RegExp): Promise<string> {
      while (!wish.test(text)) text += (await reader?.read())?.value ?? '';
      return text;
    },
    close: () => closing.abort(),
  };
}

test('有人报告，一秒之内打开着的页面就知道；无权看的页面不知道有这起事件', async () => {
  const [officer, county] = [await openPage('duty1'), await openPage('shanzhou1')];
  expect(officer.type).toMatch(/^text\/event-stream/);
  await Promise.all([officer.told(/event: open/), county.told(/event: open/)]);
  await bureau.say('duty', 'duty1', '湖滨区大岭路某超市突然关门，60余人聚集要求退卡');
  const before = performance.now();
  expect(await officer.told(/event: moved\ndata: {"n":1,"version":\d+}/)).toMatch(/moved/);
  expect(performance.now() - before).toBeLessThan(10_000);
  await bureau.say('duty', 'duty1', '陕州区张湾乡某学校食堂20名学生呕吐腹泻');
  expect(await county.told(/"n":2/)).not.toMatch(/"n":1/);
  officer.close();
  county.close();
});

test('没有登录的人听不到', async () => {
  expect((await fetch(`${bureau.app.url}/api/v1/stream`)).status).toBe(401);
});
