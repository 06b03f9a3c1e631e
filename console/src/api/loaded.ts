/** One answer of the server on a page: loading, there, or refused; asked again when something has moved. */
import { onScopeDispose, type Ref, ref, shallowRef } from 'vue';
import { get, type Refused, refusedOf } from './client';
import { onMoved } from './live';

export interface Loaded<T> {
  readonly value: Ref<T | null>;
  readonly fault: Ref<Refused | null>;
  readonly isLoading: Ref<boolean>;
  again(): Promise<void>;
}

/** Moves that come in quick succession make one question. */
const TOGETHER_MS = 50;
/** While much moves, the same thing is asked for again so often at most: the first move is seen at once, the last one never missed. */
const BUSY_MS = 900;

/** Asks at once; `follow` says of which incident's moves it wants to ask again. What was shown stays while the next answer comes. A path of null asks nothing. */
export function loaded<T>(path: () => string | null, follow: (n: number) => boolean = () => false): Loaded<T> {
  const value = shallowRef<T | null>(null);
  const fault = ref<Refused | null>(null) as Ref<Refused | null>;
  const isLoading = ref(true);
  let stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = 0;

  async function again(): Promise<void> {
    stop.abort();
    const at = path();
    if (at === null) return;
    stop = new AbortController();
    const mine = stop;
    askedAt = performance.now();
    isLoading.value = true;
    try {
      value.value = await get<T>(at, mine.signal);
      fault.value = null;
    } catch (cause) {
      if (!mine.signal.aborted) fault.value = refusedOf(cause);
    } finally {
      if (mine === stop) isLoading.value = false;
    }
  }

  onMoved((n) => {
    if (!follow(n)) return;
    timer ??= setTimeout(
      () => {
        timer = undefined;
        void again();
      },
      Math.max(TOGETHER_MS, askedAt + BUSY_MS - performance.now()),
    );
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    stop.abort();
  });
  void again();
  return { value, fault, isLoading, again };
}
