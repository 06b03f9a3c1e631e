/** Calls made in one turn of the event loop become one statement: a hundred streams due at once cost what one costs. */

interface Waiting<I, O> {
  readonly item: I;
  resolve(answer: O): void;
  reject(why: unknown): void;
}

/**
 * Merges the calls of one turn. `run` gets their items in the order of calling and answers in the same order; its fault is
 * everybody's fault, so only calls of one transaction may share it. A call on its own costs one turn more.
 */
export function together<I, O>(run: (items: readonly I[]) => Promise<readonly O[]>): (item: I) => Promise<O> {
  let waiting: Waiting<I, O>[] = [];
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    try {
      const answers = await run(batch.map((call) => call.item));
      for (const [i, call] of batch.entries()) call.resolve(answers[i] as O);
    } catch (why) {
      for (const call of batch) call.reject(why);
    }
  };
  return (item) =>
    new Promise<O>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ item, resolve, reject });
    });
}
