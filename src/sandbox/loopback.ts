/** Keeps strangers out: the sandbox holds secrets and moves clocks, so only this machine may call it. */
import { SandboxRefusal } from './refusal';

const LOOPBACK = /^(::1|127(\.\d{1,3}){3}|::ffff:127(\.\d{1,3}){3})$/;
const LOOPBACK_NAMES = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Where a request came from, as the server saw it. */
export interface Caller {
  readonly remoteAddress: string | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** Throws 403 for a caller that is not on this machine, or is a web page of another site in a browser on it. */
export function requireLoopback(caller: Caller): void {
  const hosts = [caller.host && `http://${caller.host}`, caller.origin].filter((url): url is string => Boolean(url));
  if (LOOPBACK.test(caller.remoteAddress ?? '') && hosts.every(isLoopbackUrl)) return;
  throw new SandboxRefusal(403, 'loopback_only', '沙箱只接受本机访问。', '请在运行烽火的这台机器上用 127.0.0.1 打开。');
}

/** True for a URL whose host is this machine. */
export function isLoopbackUrl(url: string): boolean {
  try {
    return LOOPBACK_NAMES.test(new URL(url).hostname);
  } catch {
    return false;
  }
}
