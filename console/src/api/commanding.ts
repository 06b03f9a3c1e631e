/** Doing something on a page by the same words as in the chat: what is decided is asked back before it counts. */
import { type Ref, ref, shallowRef } from 'vue';
import { post, Refused } from './client';
import type { Commanded } from './types';

export interface Commanding {
  readonly answer: Ref<Commanded | null>;
  readonly fault: Ref<Refused | null>;
  readonly isBusy: Ref<boolean>;
  /** True once it was done; false while a question waits, or where it was refused. */
  give(verb: string, args: string): Promise<boolean>;
  /** The question is not answered, the refusal has been read. */
  drop(): void;
}

/** On one incident. `done` is called after each act that counted. */
export function commanding(n: () => number, done: () => void): Commanding {
  const answer = shallowRef<Commanded | null>(null);
  const fault = shallowRef<Refused | null>(null);
  const isBusy = ref(false);

  /** A key for each act: pressed twice, or sent again over a bad line, it is still one. */
  async function give(verb: string, args: string): Promise<boolean> {
    isBusy.value = true;
    fault.value = null;
    try {
      const found = await post<Commanded>(`/api/v1/incidents/${n()}/commands`, { verb, args }, crypto.randomUUID());
      answer.value = found;
      const isDone = found.question === null && found.refusal === null;
      if (isDone) done();
      return isDone;
    } catch (cause) {
      answer.value = null;
      fault.value = cause instanceof Refused ? cause : new Refused(0, 'internal', String(cause), '');
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  function drop(): void {
    answer.value = null;
    fault.value = null;
  }
  return { answer, fault, isBusy, give, drop };
}
