import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../../src/bot/wecom';
import { open } from '../../../../src/core/notices/message';
import type { Cleared } from '../../../../src/core/privacy/clear';
import type { SendResult, Ticket } from '../../../../src/ports/platform';
import { ACK, FOREVER, type HttpPeer, httpPeer, message, NOW, type Reply, type TestDeps, testDeps } from '../../wire/support';
import { binding, URL_ROBOT } from '../support';

let peer: HttpPeer;
let deps: TestDeps;
let answer: (nth: number) => Reply;
let wecom: ReturnType<typeof createWecom>;

beforeEach(async () => {
  deps = testDeps();
  answer = () => ({ errcode: 0, errmsg: 'ok' });
  peer = await httpPeer(() => answer(peer.calls.length));
  wecom = createWecom(binding({ apiBase: peer.base, robot: URL_ROBOT }), deps);
});
afterEach(() => peer.stop());

const ticket = (changes: Record<string, string> = {}): Ticket => ({
  kind: 'robot_url',
  responseUrl: `${peer.base}/cgi-bin/aibot/response?response_code=canary-response-code`,
  until: String(NOW + 60_000),
  ...changes,
});

async function send(said: Cleared, by: Ticket | null): Promise<readonly SendResult[]> {
  const robot = wecom.channels.find((channel) => channel.id === 'wecom.robot');
  const to = { address: 'wrDuty', ticket: by };
  const results: SendResult[] = [];
  for (const part of robot?.split(said, to) ?? []) results.push((await robot?.send(part, to, 'd1', FOREVER)) as SendResult);
  return results;
}
const bodies = () => peer.calls.map((call) => JSON.parse(call.body));

describe('an answer through the address that came with the message', () => {
  test('goes there, plain and without a token', async () => {
    expect(await send(message({}, [open('已登记')]), ticket())).toEqual([{ is: 'accepted' }]);
    expect(peer.calls).toMatchObject([
      { method: 'POST', path: '/cgi-bin/aibot/response', query: { response_code: 'canary-response-code' } },
    ]);
    expect(bodies()).toEqual([{ msgtype: 'markdown', markdown: { content: '**#12 突发事件接报**\n已登记' } }]);
  });

  test('is a card where it has buttons and says everything, else one piece of words, since only one is shown', async () => {
    await send(message({ buttons: [ACK] }), ticket());
    await send(message({ buttons: [ACK] }, [open('很长'.repeat(100))]), ticket());
    expect(bodies().map((body) => body.msgtype)).toEqual(['template_card', 'markdown']);
    expect(bodies()[0].template_card.task_id).toBe('d1@1');
    expect(bodies()[1].markdown.content).toContain('可回复：收到');
  });

  test('whose card is refused is said in words', async () => {
    answer = (nth) => ({ errcode: nth === 1 ? 42031 : 0 });
    expect(await send(message({ buttons: [ACK] }), ticket())).toEqual([{ is: 'accepted' }]);
    expect(bodies().map((body) => body.msgtype)).toEqual(['template_card', 'markdown']);
  });

  test.each([
    ['without a ticket', () => null, 'no_ticket'],
    ['with the ticket of a long connection', (): Ticket => ({ kind: 'robot_reply', reqId: 'R', epoch: 'e' }), 'no_ticket'],
    ['after its hour', () => ticket({ until: String(NOW) }), 'ticket_expired'],
    ['to something that is no address', () => ticket({ responseUrl: 'nonsense' }), 'response_url'],
    ['to a stranger', () => ticket({ responseUrl: 'https://evil.example/' }), 'response_url'],
  ])('%s is not sent; the next way is taken', async (_when, by, code) => {
    expect(await send(message(), by())).toEqual([{ is: 'refused', code, fault: 'capability' }]);
    expect(peer.calls).toEqual([]);
  });

  test('does not write the address to the log', async () => {
    answer = () => ({ errcode: 40058, errmsg: 'no' });
    await send(message(), ticket());
    expect(deps.lines.join()).not.toContain('canary');
  });
});

test('without a connection nothing can be pushed, so rooms are shown by webhook and people met in the app', () => {
  const names = (routes: readonly { channel: string }[]) => routes.map((route) => route.channel);
  expect(names(wecom.routesToRoom('duty'))).toEqual(['wecom.webhook']);
  expect(names(wecom.routesToPerson('duty1'))).toEqual(['wecom.app']);
  expect(names(wecom.routesToChat({ id: 'wrDuty', kind: 'group' }, 'zhangsan'))).toEqual(['wecom.robot', 'wecom.webhook']);
  expect(names(wecom.routesToChat({ id: 'app:zhangsan', kind: 'single' }, 'zhangsan'))).toEqual(['wecom.app']);
});
