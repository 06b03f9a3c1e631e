/** A file of the server kept on this machine; what the server cannot make is said on the page instead of leaving it. */
import { Refused } from './client';

/** Throws Refused. */
export async function download(path: string): Promise<void> {
  const response = await fetch(path, { credentials: 'same-origin' }).catch(() => null);
  if (response === null) throw new Refused(0, 'unreachable', '连不上服务器。', '请检查网络；情况紧急请直接打电话');
  if (!response.ok) {
    const { error } = (await response.json().catch(() => ({}))) as { error?: { code: string; message: string; hint: string } };
    throw new Refused(response.status, error?.code ?? 'internal', error?.message ?? `服务器答复 ${response.status}`, error?.hint ?? '');
  }
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = decodeURIComponent(named);
  link.click();
  URL.revokeObjectURL(link.href);
}
