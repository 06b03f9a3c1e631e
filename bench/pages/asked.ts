/** What each page of the console asks the server, as the pages write it; a page that asks more is measured once it stands here. */

export interface Asked {
  readonly page: string;
  readonly path: string;
}

/** `n` is an incident that runs. `closed`: one of the archive. */
export function askedBy({ n, closed, now }: { readonly n: number; readonly closed: number; readonly now: number }): readonly Asked[] {
  const ago = (days: number): string => encodeURIComponent(new Date(now - days * 86_400_000).toISOString());
  return [
    { page: 'all', path: '/console/session' },
    { page: 'all', path: '/api/v1/names' },
    { page: 'tonight', path: '/api/v1/roster/on-duty' },
    { page: 'tonight', path: '/api/v1/incidents?open=true&limit=200' },
    { page: 'tonight', path: '/api/v1/deadlines?limit=12' },
    ...['held', 'refused', 'unknown'].map((state) => ({ page: 'tonight', path: `/api/v1/deliveries?state=${state}&limit=10` })),
    { page: 'incidents', path: '/api/v1/incidents?limit=200' },
    { page: 'incident', path: `/api/v1/incidents/${n}` },
    { page: 'incident', path: `/api/v1/incidents/${n}/events?limit=500` },
    { page: 'incident', path: `/api/v1/incidents/${closed}` },
    { page: 'papers', path: '/api/v1/papers' },
    { page: 'duty', path: '/api/v1/roster/gaps?days=62' },
    { page: 'duty', path: '/api/v1/duty' },
    { page: 'duty', path: '/api/v1/roster/month' },
    { page: 'duty', path: '/api/v1/duty/log' },
    { page: 'all', path: '/api/v1/long-work' },
    { page: 'plans', path: '/api/v1/plans' },
    { page: 'figures', path: `/api/v1/stats?from=${ago(30)}` },
    { page: 'figures', path: `/api/v1/stats?from=${ago(365)}` },
    { page: 'audit', path: '/api/v1/audit' },
    { page: 'audit', path: `/api/v1/audit?from=${ago(730)}&person=director` },
    { page: 'audit', path: `/api/v1/audit?from=${ago(730)}&words=${encodeURIComponent('三十万')}` },
    { page: 'audit', path: `/api/v1/audit?from=${ago(730)}&n=${closed}` },
    { page: 'audit', path: '/api/v1/audit/chain' },
    { page: 'system', path: '/api/v1/system' },
    { page: 'system', path: '/readyz' },
  ];
}
