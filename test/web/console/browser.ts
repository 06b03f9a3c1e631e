/** A browser's part of signing in: it keeps cookies, repeats the page's secret, and never follows by itself. */

export interface Browser {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  cookie(): string;
  forgetCsrf(): void;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly location: string | null;
  readonly setCookie: string;
  /** Seconds; null where nothing is to be waited for. */
  readonly retryAfter: string | null;
}

/** A fresh one, or one that brings `cookie`. */
export function browserAt(base: string, cookie = ''): Browser {
  const jar = new Map<string, string>(cookie === '' ? [] : [cookie.split('=') as [string, string]]);
  let csrf = '';
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookies === '' ? {} : { cookie: cookies }), ...(csrf === '' ? {} : { 'x-fenghuo-csrf': csrf }), ...init.headers };
    const response = await fetch(`${base}${path}`, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(line);
    const text = await response.text();
    const body: unknown = text.startsWith('{') ? JSON.parse(text) : text;
    csrf = (body as { csrf?: string } | null)?.csrf ?? csrf;
    return {
      status: response.status,
      body,
      location: response.headers.get('location'),
      setCookie: response.headers.getSetCookie().join('\n'),
      retryAfter: response.headers.get('retry-after'),
    };
  };
  const keep = (line: string): void => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  };
  return {
    get: (path) => ask(path, {}),
    post: (path, body) => ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    cookie: () => `fenghuo_session=${jar.get('fenghuo_session') ?? ''}`,
    forgetCsrf: () => {
      csrf = '';
    },
  };
}
