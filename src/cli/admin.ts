/** `fenghuo admin link`: a one-time link for somebody who has lost password or phone, made by whoever sits at the server. */
import { readSettings } from '../settings';
import { serverOf, Unreachable } from './server';

const USAGE = `用法：fenghuo admin link <人员编号>
  生成一次性登录链接，24 小时内打开一次有效；此前的链接作废，原有锁定解除。服务须已启动。
`;

/** 0 good, 1 refused, 2 wrong usage. */
export async function adminCommand([command, person, ...more]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (command !== 'link' || person === undefined || more.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  const read = readSettings(env);
  if (read.is === 'faults') return refused(read.faults.join('\n'));
  const { settings } = read;
  try {
    const { status, body } = await serverOf(settings)('first-links', { person });
    if (status !== 200) return refused((body as { error?: { message?: string } }).error?.message ?? `服务答复了 ${status}`);
    const { path } = body as { readonly path: string };
    process.stdout.write(`${settings.publicUrl ?? `http://${settings.host}:${settings.port}`}${path}\n`);
    return 0;
  } catch (cause) {
    return refused(cause instanceof Unreachable ? cause.message : `没有办成：${String(cause)}`);
  }
}

function refused(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}
