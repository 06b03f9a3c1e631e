/** A process that decodes callbacks in one of two ways. */
import { createWecom } from '../../src/bot/wecom';
import { realPace } from '../../src/jobs/pace';
import { createLog } from '../../src/wiring/logging';
import { answerParent } from '../child';
import { fieldsOf, opened } from '../intake/peer';
import { BINDING, type Callback, callback } from '../intake/tenant';

/** `strict`: the adapter with all its checks; `plain`: signature, receiver, and the fields of two XML texts. */
export type Decoding = 'strict' | 'plain';

export interface Decoded {
  readonly seconds: number;
  readonly messages: number;
}

/** Different callbacks, so that nothing can be remembered from one to the next. */
const DIFFERENT = 2_000;

const { intake } = createWecom(BINDING, { clock: { now: () => Date.now() }, pace: realPace, log: createLog('warn') });

type Sent = Pick<Callback, 'query'> & { readonly bytes: Buffer };

const ways: Readonly<Record<Decoding, (sent: Sent) => string>> = {
  strict: ({ query, bytes }) => {
    const reading = intake.read({ method: 'POST', kind: 'app', query, body: bytes });
    return reading.is === 'taken' ? (reading.messages[0]?.dedupeKey ?? '') : '';
  },
  plain: ({ query, bytes }) => opened(query, fieldsOf(bytes.toString('utf8')).Encrypt ?? '')?.MsgId ?? '',
};

answerParent<number, Decoded>(async (count) => {
  const decode = ways[process.env.BENCH_WAY as Decoding];
  const seconds = Math.floor(Date.now() / 1000);
  const sent = Array.from({ length: DIFFERENT }, (_, i) => callback(i, seconds)).map(({ query, body }) => ({
    query,
    bytes: Buffer.from(body),
  }));
  const begun = performance.now();
  for (let done = 0; done < count; done++)
    if (decode(sent[done % DIFFERENT] as Sent) === '') throw new Error('a good callback was refused');
  return { seconds: (performance.now() - begun) / 1000, messages: count };
});
