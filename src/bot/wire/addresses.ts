/** Addresses in a binding: absolute, without secrets in them, encrypted unless they stay on this machine. */
import { z } from 'zod';

/** A host name, with a port where it is not the usual one. */
export const HOST = z.string().regex(/^[A-Za-z0-9.-]+(?::\d{1,5})?$/, 'expected a host name, with a port where it is not the usual one');

/** An HTTP proxy that allows CONNECT without a password. */
export const PROXY = z.string().regex(/^http:\/\/[A-Za-z0-9.-]+:\d{1,5}\/?$/, 'expected http://host:port');

/** Schema of a base address, e.g. `https:` and `http:`; the second, plain one only to this machine. */
export function address(protocols: readonly [string, string]) {
  return z.string().superRefine((text, faults) => {
    const why = faultOfAddress(text, protocols);
    if (why !== null) faults.addIssue({ code: 'custom', message: why });
  });
}

/** The address of one call below a base, with the base's port and path prefix kept. */
export function below(base: string, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(`${base.replace(/\/+$/, '')}/${path}`);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url;
}

/** Values that stand more than once, each named once. */
export function doubles(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}

function faultOfAddress(text: string, [secure, plain]: readonly [string, string]): string | null {
  if (!URL.canParse(text)) return 'expected an absolute address';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return 'expected an address without user, query or fragment';
  }
  if (url.protocol === secure) return null;
  if (url.protocol !== plain) return `expected ${secure}//`;
  return isLoopback(url.hostname) ? null : `expected ${secure}// for a host that is not this machine`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
