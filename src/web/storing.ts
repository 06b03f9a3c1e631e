/** Storing what came in before it is answered: soon enough that a yes is never late, else refused so that the sender repeats. */
import { Overloaded, type TakeIn } from '../handlers/takeIn';
import type { Inbound } from '../ports/platform';
import { HttpFault } from './errors';

/**
 * Resolves after commit, one answer a message. Throws HttpFault 503 `overloaded` or `not_stored` when it was not stored by `until`
 * (milliseconds of `performance.now()`); one that was committed late after all is found again when the sender repeats it.
 */
export async function storeBy(messages: readonly Inbound[], takeIn: TakeIn, until: number): Promise<readonly ('new' | 'seen')[]> {
  const isAwaited = (): boolean => performance.now() < until;
  try {
    const stored = await before(until, Promise.all(messages.map((message) => takeIn.take(message, isAwaited))));
    if (!isAwaited()) throw new Overloaded('stored too late');
    return stored;
  } catch (cause) {
    throw new HttpFault(503, cause instanceof Overloaded ? 'overloaded' : 'not_stored', '暂时无法保存，请重试。');
  }
}

function before<T>(until: number, stored: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Overloaded('not stored in time')), until - performance.now());
    const ended = (tell: () => void): void => {
      clearTimeout(timer);
      tell();
    };
    stored.then(
      (value) => ended(() => resolve(value)),
      (cause: unknown) => ended(() => reject(cause)),
    );
  });
}
