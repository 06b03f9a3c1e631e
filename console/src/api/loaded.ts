/** One answer of the server on a page: loading, there, or refused; asked again when something has moved. */
import { onScopeDispose, type Ref, ref, shallowRef } from 'vue';
import { get, Refused } from './client';
import { onMoved } from './live';

export interface Loaded<T> {
  readonly value: Ref<T | null>;
  readonly fault: Ref<Refused | null>;
  readonly isLoading: Ref<boolean>;
  again(): Promise<void>;
}

/** Moves that come in quick succession make one question. */
const TOGETHER_MS = 120;

/** Asks at once; `follow` says of which incident's moves it wants to ask again. What was shown stays while the next answer comes. */
export function loaded<T>(path: () => string, follow: (n: number) => boolean = () => false): Loaded<T> {
  const value = shallowRef<T | null>(null);
  const fault = ref<Refused | null>(null) as Ref<Refused | null>;
  const isLoading = ref(true);
  let stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function again(): Promise<void> {
    stop.abort();
    stop = new AbortController();
    const mine = stop;
    isLoading.value = true;
    try {
      value.value = await get<T>(path(), mine.signal);
      fault.value = null;
    } catch (cause) {
      if (!mine.signal.aborted) fault.value = cause instanceof Refused ? cause : new Refused(0, 'internal', String(cause), '');
    } finally {
      if (mine === stop) isLoading.value = false;
    }
  }

  onMoved((n) => {
    if (!follow(n)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void again(), TOGETHER_MS);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    stop.abort();
  });
  void again();
  return { value, fault, isLoading, again };
}
