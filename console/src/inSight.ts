/** A row of links that is longer than a narrow screen shows the one where one is. */
import { nextTick, onMounted, type Ref, watch } from 'vue';

/** Looks for `selector` within the row once it is there, and whenever `place` changes. */
export function keepInSight(row: Readonly<Ref<HTMLElement | null>>, selector: string, place: () => unknown): void {
  const show = (): void => row.value?.querySelector(selector)?.scrollIntoView({ inline: 'center', block: 'nearest' });
  onMounted(show);
  watch([place, row], () => void nextTick(show));
}
