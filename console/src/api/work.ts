/** Long work: begun on a page, done by the server, found again by whoever comes back. */
import { type Ref, ref, shallowRef } from 'vue';
import { get, post, type Refused, refusedOf } from './client';
import { onWorkMoved } from './live';
import type { Page } from './types';

export type WorkKind = 'import_month' | 'export_statistics' | 'export_audit' | 'bundle';

export interface Work {
  readonly id: string;
  readonly kind: WorkKind;
  readonly about: Readonly<Record<string, unknown>>;
  readonly state: 'running' | 'done' | 'failed' | 'broken_off';
  readonly attempt: number;
  readonly step: string;
  readonly done: number;
  readonly total: number | null;
  readonly begunAt: string;
  readonly endedAt: string | null;
  readonly answer: unknown;
  readonly file: string | null;
}

/** One's own, the newest first; asked again whenever one of them is further. */
export const works = shallowRef<readonly Work[]>([]);

/** Throws Refused. */
export async function lookAtWorks(): Promise<void> {
  works.value = (await get<Page<Work>>('/api/v1/long-work')).items;
}

/** While the page is there. What broke off gives no sign, so it is looked for now and then. */
export function followWorks(): void {
  onWorkMoved(() => void lookAtWorks().catch(() => undefined));
}

export interface OneWork {
  readonly work: Ref<Work | null>;
  readonly fault: Ref<Refused | null>;
  begin(kind: WorkKind, about: object): Promise<void>;
  again(): Promise<void>;
}

/** A piece of work begun on this page. `ended` is told what became of it. */
export function oneWork(ended: (work: Work) => unknown = () => undefined): OneWork {
  const work = shallowRef<Work | null>(null);
  const fault = ref<Refused | null>(null) as Ref<Refused | null>;

  async function attempt(ask: () => Promise<Work>): Promise<void> {
    fault.value = null;
    try {
      keep(await ask());
      void lookAtWorks();
    } catch (cause) {
      fault.value = refusedOf(cause);
    }
  }

  function keep(found: Work): void {
    const before = work.value;
    work.value = found;
    if (found.state !== 'running' && (before === null || before.state === 'running' || before.attempt !== found.attempt)) ended(found);
  }

  onWorkMoved((id) => {
    if (id === work.value?.id) void attempt(() => get<Work>(`/api/v1/long-work/${id}`));
  });
  return {
    work,
    fault,
    begin: (kind, about) => attempt(() => post<Work>('/api/v1/long-work', { kind, ...about }, crypto.randomUUID()).then(settled)),
    again: () => attempt(() => post<Work>(`/api/v1/long-work/${work.value?.id ?? ''}/again`, {}).then(settled)),
  };
}

/** Short work is over before the stream could tell of it. */
async function settled(begun: Work): Promise<Work> {
  await new Promise((done) => setTimeout(done, SHORT_MS));
  return get<Work>(`/api/v1/long-work/${begun.id}`);
}

const SHORT_MS = 400;
