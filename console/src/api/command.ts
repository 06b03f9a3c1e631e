/** A verb given on a page, by the same road as a typed one: what became of it, and the question that it may ask first. */
import { type Ref, ref } from 'vue';
import { post, type Refused, refusedOf } from './client';
import type { Commanded } from './types';

export interface Commanding {
  readonly answer: Ref<Commanded | null>;
  readonly fault: Ref<Refused | null>;
  readonly isBusy: Ref<boolean>;
  /** True where it was done. */
  give(verb: string, args?: string): Promise<boolean>;
  drop(): void;
}

/** On the incident `n`, else of the duty room. A key for each act: pressed twice, or sent again over a bad line, it is still one. */
export function commanding(done: () => unknown, n: () => number | null = () => null): Commanding {
  const answer = ref<Commanded | null>(null);
  const fault = ref<Refused | null>(null) as Ref<Refused | null>;
  const isBusy = ref(false);

  async function give(verb: string, args = ''): Promise<boolean> {
    isBusy.value = true;
    fault.value = null;
    const path = n() === null ? '/api/v1/commands' : `/api/v1/incidents/${n()}/commands`;
    try {
      answer.value = await post<Commanded>(path, { verb, args }, crypto.randomUUID());
      const isDone = answer.value.question === null && answer.value.refusal === null;
      if (isDone) done();
      return isDone;
    } catch (cause) {
      answer.value = null;
      fault.value = refusedOf(cause);
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return {
    answer,
    fault,
    isBusy,
    give,
    drop: () => {
      answer.value = null;
      fault.value = null;
    },
  };
}
