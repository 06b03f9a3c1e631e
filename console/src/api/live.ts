/** What has moved, told by the server: pages ask again for what they show. */
import { onScopeDispose, ref, watchEffect } from 'vue';
import { serverNow } from '../clock';

/** Whether the line stands; a page that hears nothing says so. */
export const isLive = ref(false);

type Watch = (n: number) => void;
const watches = new Set<Watch>();
const workWatches = new Set<(id: string) => void>();
let line: EventSource | null = null;

/** Calls back for every incident that moves, while the page is there. Many moves at once are told in one round. */
export function onMoved(call: Watch): void {
  watches.add(call);
  open();
  onScopeDispose(() => {
    watches.delete(call);
    if (watches.size + workWatches.size === 0) close();
  });
}

/** Calls back for every piece of one's own long work that is further, while the page is there. */
export function onWorkMoved(call: (id: string) => void): void {
  workWatches.add(call);
  open();
  onScopeDispose(() => {
    workWatches.delete(call);
    if (watches.size + workWatches.size === 0) close();
  });
}

/** Keeps the line open while somebody is signed in, whatever page is shown. */
export function stayLive(isThere: () => boolean): void {
  const nothing: Watch = () => undefined;
  watchEffect(() => {
    if (isThere()) {
      watches.add(nothing);
      open();
    } else {
      watches.delete(nothing);
      if (watches.size === 0) close();
    }
  });
}

function open(): void {
  if (line !== null) return;
  line = new EventSource('/api/v1/stream');
  line.addEventListener('open', () => {
    isLive.value = true;
  });
  line.addEventListener('error', () => {
    isLive.value = false;
  });
  line.addEventListener('clock', (event) => serverNow((JSON.parse(event.data) as { at: string }).at));
  line.addEventListener('moved', (event) => {
    const { n } = JSON.parse(event.data) as { n: number };
    for (const watch of watches) watch(n);
  });
  line.addEventListener('work', (event) => {
    const { id } = JSON.parse(event.data) as { id: string };
    for (const watch of workWatches) watch(id);
  });
}

function close(): void {
  line?.close();
  line = null;
  isLive.value = false;
}
