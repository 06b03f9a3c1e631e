/** Long lists show what matters first; the rest on demand. */
import { type ComputedRef, computed, ref } from 'vue';

export interface Folded<T> {
  readonly shown: ComputedRef<readonly T[]>;
  readonly count: ComputedRef<number>;
  readonly isLong: ComputedRef<boolean>;
  readonly isOpen: ComputedRef<boolean>;
  toggle(): void;
}

/** The first `most` of a list, or all of it once somebody asks. */
export function folded<T>(all: () => readonly T[], most: number): Folded<T> {
  const open = ref(false);
  return {
    shown: computed(() => (open.value ? all() : all().slice(0, most))),
    count: computed(() => all().length),
    isLong: computed(() => all().length > most),
    isOpen: computed(() => open.value),
    toggle: () => {
      open.value = !open.value;
    },
  };
}
