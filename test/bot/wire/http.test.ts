import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHttp } from '../../../src/bot/wire/http';
import { FOREVER, HandPace, type HttpPeer, httpPeer, type Reply, until } from './support';

let reply: Reply;
let peer: HttpPeer;
let pace: HandPace;
beforeEach(async () => {
  pace = new HandPace();
  reply = { errcode: 0 };
  peer = await httpPeer(() => reply);
});
afterEach(() => peer.stop());

const post = (stop = FOREVER) => client()({ url: new URL(`${peer.base}/x`), body: '{"a":"中"}' }, stop);
const client = () => createHttp({ hosts: new Set([new URL(peer.base).host]), ca: undefined, pace });

describe('one exchange', () => {
  test('hands back the answer', async () => {
    expect(await post()).toEqual({ is: 'answer', status: 200, body: '{"errcode":0}' });
    expect(peer.calls[0]).toMatchObject({ method: 'POST', path: '/x', body: '{"a":"中"}' });
    expect(pace.waits()).toEqual([]);
  });

  test('goes to no host that the binding does not name', async () => {
    const elsewhere = client()({ url: new URL('http://127.0.0.1:1/x'), body: null }, FOREVER);
    expect(await elsewhere).toEqual({ is: 'not_sent', why: 'host_not_allowed' });
  });

  test('follows no redirect', async () => {
    reply = { status: 302, location: `${peer.base}/other` };
    expect(await post()).toMatchObject({ is: 'answer', status: 302 });
    expect(peer.calls).toHaveLength(1);
  });

  test('without a connection is certainly not sent', async () => {
    await peer.stop();
    expect(await post()).toEqual({ is: 'not_sent', why: 'ECONNREFUSED' });
  });

  test('that is cut while waiting for the answer may have been carried out', async () => {
    reply = 'reset';
    expect(await post()).toEqual({ is: 'no_answer', why: 'ECONNRESET' });
  });

  test('shares its connection with the next; a cut of one that served before may follow what was carried out', async () => {
    const calling = client();
    const next = () => calling({ url: new URL(`${peer.base}/x`), body: '{}' }, FOREVER);
    await next();
    expect(await next()).toMatchObject({ is: 'answer' });
    reply = 'reset';
    expect(await next()).toEqual({ is: 'no_answer', why: 'ECONNRESET' });
    expect(peer.connections()).toBe(1);
    reply = { errcode: 0 };
    expect(await next()).toMatchObject({ is: 'answer' });
    expect(peer.connections()).toBe(2);
  });

  test('is given up after five seconds', async () => {
    reply = 'hang';
    const end = post();
    await until(() => peer.calls.length === 1);
    pace.pass(4_999);
    expect(pace.waits()).toEqual([1]);
    pace.pass(1);
    expect(await end).toEqual({ is: 'no_answer', why: 'time_limit' });
  });

  test('ends when it is stopped, and does not begin when it was stopped before', async () => {
    reply = 'hang';
    const stop = new AbortController();
    const end = post(stop.signal);
    await until(() => peer.calls.length === 1);
    stop.abort();
    expect(await end).toEqual({ is: 'no_answer', why: 'stopped' });
    expect(await post(stop.signal)).toEqual({ is: 'not_sent', why: 'stopped' });
    expect(peer.calls).toHaveLength(1);
  });
});
