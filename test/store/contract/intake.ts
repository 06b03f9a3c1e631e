/** Contract: hearing, handling in order, and what the bot waits to hear. */
import { expect, test } from '@jest/globals';
import { delivery, heard, incoming, inside, type Make, prompt, T, withStore } from './builders';

export function describeIntake(make: Make): void {
  test(
    'a message comes back as it was heard',
    withStore(make, async (store) => {
      const item = await heard(store);
      expect(item).toMatchObject({
        tenant: 'city',
        source: 'robot',
        chat: { id: 'duty-chat', kind: 'group' },
        room: 'duty',
        account: 'zhang',
        receivedAt: T,
        words: { text: '商场有人聚集', quote: null },
        meta: { is: 'text' },
        ticket: { reply: 'r1' },
        attempts: 0,
      });
    }),
  );

  test(
    'a redelivered message is seen, also twice in one batch, and is handled once',
    withStore(make, async (store) => {
      expect(await store.takeIn([incoming(), incoming({ dedupeKey: 'm2' }), incoming()])).toEqual(['new', 'new', 'seen']);
      expect(await store.takeIn([incoming({ dedupeKey: 'm2' }), incoming({ dedupeKey: 'm3' })])).toEqual(['seen', 'new']);
      expect(await store.takeIn([])).toEqual([]);
    }),
  );

  test(
    'the same message id heard by another identity or tenant is another message',
    withStore(make, async (store) => {
      const batch = [incoming(), incoming({ source: 'app' }), incoming({ tenant: 'county' })];
      expect(await store.takeIn(batch)).toEqual(['new', 'new', 'new']);
    }),
  );

  test(
    'characters that no database can hold do not stop the messages beside them',
    withStore(make, async (store) => {
      const odd = incoming({ words: { text: 'a\0b\ud800c', quote: '\0' }, meta: { is: 'text', note: '\0\ud800' } });
      expect(await store.takeIn([odd, incoming({ dedupeKey: 'm2' })])).toEqual(['new', 'new']);
      const item = await heard(store);
      expect(item.words?.text).toBe('a\ufffdb\ufffdc');
    }),
  );

  test(
    'a stopped message leaves a stub without words',
    withStore(make, async (store) => {
      const item = await heard(store, { words: null, meta: { is: 'stopped', why: 'secret' } });
      expect(item).toMatchObject({ words: null, meta: { is: 'stopped', why: 'secret' } });
    }),
  );

  test(
    'messages of one conversation are handled in order, the longest waiting conversation first',
    withStore(make, async (store) => {
      const other = { chat: { id: 'hq-chat', kind: 'group' } } as const;
      await store.takeIn([incoming({ dedupeKey: 'x', ...other }), incoming({ dedupeKey: 'a' }), incoming({ dedupeKey: 'b' })]);
      const [hq = '', duty = ''] = await store.waiting('inbox', T, 10, null);
      expect((await inside(store, (tx) => tx.received(hq)))?.chat.id).toBe('hq-chat');
      const first = await inside(store, (tx) => tx.received(duty));
      await inside(store, (tx) => tx.settleInbox(first?.id ?? '', { state: 'handled', outcome: 'executed' }));
      const second = await inside(store, (tx) => tx.received(duty));
      expect(Number(second?.id)).toBeGreaterThan(Number(first?.id));
      expect(await store.waiting('inbox', T, 1, null)).toEqual([hq]);
    }),
  );

  test(
    'attempts are counted before handling; a row given up lets the next one go on',
    withStore(make, async (store) => {
      const item = await heard(store);
      await store.takeIn([incoming({ dedupeKey: 'm2' })]);
      expect(await store.countAttempt(item.conversation)).toEqual({ id: item.id, attempts: 1 });
      expect(await store.countAttempt(item.conversation)).toEqual({ id: item.id, attempts: 2 });
      await inside(store, (tx) => tx.settleInbox(item.id, { state: 'dead', outcome: 'fault' }));
      expect((await store.countAttempt(item.conversation))?.attempts).toBe(1);
      expect(await store.countAttempt('no-such-conversation')).toBeNull();
    }),
  );

  test(
    'a conversation with nothing left waits no more',
    withStore(make, async (store) => {
      const item = await heard(store);
      await inside(store, (tx) => tx.settleInbox(item.id, { state: 'handled', outcome: 'executed', stream: 's1', version: 3 }));
      expect(await store.waiting('inbox', T, 10, null)).toEqual([]);
      expect(await inside(store, (tx) => tx.received(item.conversation))).toBeNull();
      expect(await store.countAttempt(item.conversation)).toBeNull();
    }),
  );

  test(
    'a fault while handling leaves the message as it was',
    withStore(make, async (store) => {
      const item = await heard(store);
      const handling = inside(store, async (tx) => {
        await tx.settleInbox(item.id, { state: 'handled', outcome: 'executed' });
        throw new Error('power cut');
      });
      await expect(handling).rejects.toThrow('power cut');
      expect(await store.waiting('inbox', T, 10, null)).toEqual([item.conversation]);
    }),
  );

  test(
    'the bot waits for one thing of one person in one conversation: a newer question replaces the older',
    withStore(make, async (store) => {
      const { conversation } = await heard(store);
      await inside(store, (tx) => tx.askPrompt(prompt(conversation)));
      expect(await inside(store, (tx) => tx.openPrompt(conversation, 'duty1'))).toEqual(prompt(conversation));
      expect(await inside(store, (tx) => tx.openPrompt(conversation, 'leader1'))).toBeNull();
      const newer = prompt(conversation, { id: 'q2', kind: 'choice', code: null, command: [1, 2] });
      await inside(store, (tx) => tx.askPrompt(newer));
      expect(await inside(store, (tx) => tx.openPrompt(conversation, 'duty1'))).toEqual(newer);
      await inside(store, (tx) => tx.closePrompt('q2', 'used'));
      expect(await inside(store, (tx) => tx.openPrompt(conversation, 'duty1'))).toBeNull();
    }),
  );

  test(
    'how much one account and one conversation said since a moment is counted over all processes, up to the message in hand',
    withStore(make, async (store) => {
      const said = (key: string, over: Partial<Parameters<typeof incoming>[0]> = {}) => incoming({ dedupeKey: key, ...over });
      const elsewhere = { chat: { id: 'hq-chat', kind: 'group' as const }, room: 'hq' };
      await store.takeIn([said('a', { receivedAt: T - 60_000 }), said('b'), said('c', { account: 'li' }), said('d', elsewhere), said('e')]);
      const waiting = await store.waiting('inbox', T, 10, null);
      const items = await Promise.all(waiting.map((id) => inside(store, (tx) => tx.received(id))));
      const duty = items.find((item) => item?.chat.id === 'duty-chat');
      const other = items.find((item) => item?.chat.id === 'hq-chat');
      const heard = (id: string | undefined) => inside(store, (tx) => tx.heardSince(id ?? '0', T - 60_000));
      const untold = { toldAccount: false, toldConversation: false };
      expect(await heard(duty?.id)).toEqual({ fromAccount: 0, inConversation: 0, ...untold });
      expect(await heard(other?.id)).toEqual({ fromAccount: 2, inConversation: 1, ...untold });
      for (const outcome of ['executed', 'limited:told', 'limited'])
        await inside(store, async (tx) => {
          const item = await tx.received(duty?.conversation ?? '');
          await tx.settleInbox(item?.id ?? '', { state: 'handled', outcome });
        });
      const last = await inside(store, (tx) => tx.received(duty?.conversation ?? ''));
      expect(await heard(last?.id)).toEqual({ fromAccount: 3, inConversation: 3, toldAccount: true, toldConversation: true });
      expect(await heard(other?.id)).toEqual({ fromAccount: 2, inConversation: 1, toldAccount: true, toldConversation: false });
      expect(await heard('999999')).toEqual({ fromAccount: 0, inConversation: 0, ...untold });
    }),
  );

  test(
    'an answer to a message may use its reply ticket once',
    withStore(make, async (store) => {
      const item = await heard(store);
      await inside(store, (tx) => tx.reply(item.id, [delivery({ ticketOf: item.id }), delivery({ purpose: 'help', ticketOf: item.id })]));
      const [outlet = ''] = await store.waiting('send', T, 10, null);
      await inside(store, async (tx) => {
        const [first] = await tx.queued(outlet, T, 1);
        expect(first).toMatchObject({ stream: null, version: null, ticket: { reply: 'r1' }, ticketOf: item.id });
        const call = {
          lane: 1,
          attempt: 1,
          payload: ['x'],
          payloadHash: 'p',
          ticket: first?.ticket ?? null,
          reservedAt: T,
          limitMs: 1,
          epoch: null,
          rememberMs: 0,
        };
        await tx.reserve({ ...call, id: 'd1', outlet, deliveries: [first?.id ?? ''] });
      });
      const [second] = await inside(store, (tx) => tx.queued(outlet, T, 1));
      expect(second).toMatchObject({ purpose: 'help', ticket: null });
    }),
  );
}
