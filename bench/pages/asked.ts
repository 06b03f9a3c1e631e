/** What each page of the console asks the server, as the pages write it; a page that asks more is measured once it stands here. */

export interface Asked {
  readonly page: string;
  readonly path: string;
  /** A file that a link of the page fetches, made of thousands of rows: told without a bar. */
  readonly isFile?: boolean;
}

export interface About {
  /** An incident that runs, and one of the archive. */
  readonly n: number;
  readonly closed: number;
  /** Graded plan in force, and the rank its page opens with. */
  readonly plan: string;
  readonly rank: number;
  /** A shift that was handed over. */
  readonly shift: number;
  /** Work the person has begun; null for whoever may begin none. */
  readonly work: string | null;
  readonly now: number;
}

export function askedBy(about: About): readonly Asked[] {
  return [...ofEveryPage(about), ...ofDuty(about), ...ofIncidents(about), ...ofPapers(about), ...ofPlans(about), ...ofRecord(about)];
}

const ask = (page: string, ...paths: readonly string[]): readonly Asked[] => paths.map((path) => ({ page, path }));
const ago = (now: number, days: number): string => encodeURIComponent(new Date(now - days * 86_400_000).toISOString());

function ofEveryPage({ work }: About): readonly Asked[] {
  return [
    ...ask('all', '/console/session', '/api/v1/names', '/api/v1/long-work'),
    ...(work === null ? [] : ask('work', `/api/v1/long-work/${work}`, `/api/v1/long-work/${work}/file`)),
  ];
}

/** Tonight, the wall, the calendar, the hand-over and the log. */
function ofDuty({ shift, now }: About): readonly Asked[] {
  const next = new Date(now + 31 * 86_400_000).toISOString().slice(0, 7);
  return [
    ...ask('tonight', '/api/v1/roster/on-duty', '/api/v1/incidents?open=true&limit=200', '/api/v1/deadlines?limit=12'),
    ...ask('tonight', ...['held', 'refused', 'unknown'].map((state) => `/api/v1/deliveries?state=${state}&limit=10`)),
    ...ask('duty', '/api/v1/roster/month', `/api/v1/roster/month?month=${next}`, '/api/v1/roster/gaps?days=62'),
    ...ask('hand-over', '/api/v1/duty', `/api/v1/duty?shift=${shift}`),
    ...ask('log', '/api/v1/duty/log', `/api/v1/duty/log?shift=${shift}`, '/api/v1/incidents?limit=30'),
  ];
}

function ofIncidents({ n, closed }: About): readonly Asked[] {
  const one = (number: number): readonly string[] => [
    `/api/v1/incidents/${number}`,
    `/api/v1/incidents/${number}/events?limit=500`,
    `/api/v1/incidents/${number}/heard`,
  ];
  return [...ask('incidents', '/api/v1/incidents?limit=200'), ...ask('incident', ...one(n), ...one(closed))];
}

/** The papers of all incidents by where they stand and what they are, also where none does; one paper, its file, on a phone too. */
function ofPapers({ n, closed }: About): readonly Asked[] {
  const lists = [
    '',
    'stage=in_hand',
    'kind=final_report',
    'stage=sent&kind=first_report',
    `n=${closed}`,
    `cursor=${Math.floor(closed / 2)}`,
  ];
  return [
    ...ask('papers', ...lists.map((query) => `/api/v1/papers?${query}`)),
    ...ask('paper', ...[n, closed].map((number) => `/api/v1/incidents/${number}/papers/1`)),
    ...ask('paper', `/api/v1/incidents/${closed}/papers/1?against=1`, `/api/v1/incidents/${closed}/papers/1/file?format=docx`),
  ];
}

function ofPlans({ plan, rank }: About): readonly Asked[] {
  const simulated = (story: string, hours: number): string => `/api/v1/plans/${plan}/simulation?story=${story}&hours=${hours}`;
  return ask(
    'plans',
    ...[
      '/api/v1/plans',
      `/api/v1/plans/${plan}`,
      `${simulated('activated', 6)}&rank=${rank}`,
      `${simulated('activated', 48)}&rank=${rank}`,
    ],
    simulated('unanswered_report', 6),
  );
}

function ofRecord({ closed, now }: About): readonly Asked[] {
  const audit = (query: string): string => `/api/v1/audit?limit=50&${query}`;
  const years = `from=${ago(now, 730)}`;
  const searched = [
    ...['', 'person=director', 'kind=register', 'type=PaperSent', `words=${encodeURIComponent('三十万')}`, `n=${closed}`],
    `cursor=${now - 300 * 86_400_000}:1:a`,
  ];
  return [
    ...ask('figures', `/api/v1/stats?from=${ago(now, 30)}&mode=real`, `/api/v1/stats?from=${ago(now, 365)}&mode=real`),
    ...ask('figures', `/api/v1/stats?from=${ago(now, 365)}&mode=drill`),
    ...ask('audit', audit(''), ...searched.slice(1).map((query) => audit(`${years}&${query}`)), '/api/v1/audit/chain'),
    { page: 'audit', path: `/api/v1/exports/audit?format=xlsx&${years}`, isFile: true },
    { page: 'audit', path: `/api/v1/exports/audit?format=xlsx&${years}&n=${closed}` },
    ...ask('system', '/api/v1/system', '/readyz'),
  ];
}
