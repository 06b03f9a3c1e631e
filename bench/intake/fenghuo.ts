/** The way measured: Fenghuo's own HTTP face, adapter and group commit, joined as `app.ts` joins them. */

import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import type { Pool } from 'pg';
import { createWecom } from '../../src/bot/wecom';
import { NO_CALENDAR } from '../../src/core/calendar/calendar';
import { createTakeIn } from '../../src/handlers/takeIn';
import { realPace } from '../../src/jobs/pace';
import { docxRenderer } from '../../src/papers/docx';
import { fileMaker } from '../../src/papers/files';
import { createPdfMaker } from '../../src/papers/pdf';
import { createReach } from '../../src/ports/reach';
import { createRefusals } from '../../src/ports/refusals';
import type { Store } from '../../src/ports/store';
import { createLongWork, createStore, createViews } from '../../src/store/postgres';
import { createWeb } from '../../src/web/app';
import { sha256 } from '../../src/wiring/chance';
import { createLog } from '../../src/wiring/logging';
import { pagePorts } from '../../src/wiring/pages';
import { recordPorts } from '../../src/wiring/record';
import { BINDING } from './tenant';

/** Without `keeps`, every row is called new and forgotten: the same route without a database. */
export function fenghuo(pool: Pool, keeps: boolean): RequestListener {
  const log = createLog('warn');
  const clock = { now: () => Date.now() };
  const platforms = [createWecom(BINDING, { clock, pace: realPace, log })];
  const stored = createStore(pool, { log });
  const store: Pick<Store, 'takeIn'> = keeps ? stored : { takeIn: async (rows) => rows.map(() => 'new') };
  const takeIn = createTakeIn({ store, clock, reach: createReach(platforms), log }, () => undefined);
  return createWeb({
    log,
    apiToken: 'a-token-for-the-bench-only',
    platforms,
    takeIn,
    views: createViews(pool),
    clock,
    wake: { poke: () => undefined, armAt: () => undefined, on: () => undefined, healthy: () => true, stop: async () => undefined },
    connections: () => ({}),
    calendar: NO_CALENDAR,
    plans: [],
    rulebookOf: () => Promise.reject(new Error('no incident is shown here')),
    onDuty: () => Promise.reject(new Error('no duty room is here')),
    readMonthFile: () => ({ is: 'fault', zh: '' }),
    dutyPapers: async () => null,
    dutyLog: async () => null,
    work: createLongWork(pool),
    longWorks: { begin: async () => undefined, again: async () => undefined, stop: async () => undefined },
    newId: () => '',
    importMonth: () => Promise.reject(new Error('no roster is here')),
    directory: { at: () => Promise.reject(new Error('nobody works here')) },
    ...{ refusals: createRefusals(), machines: [], sandbox: false, used: { first: async () => true }, pace: realPace },
    ...{ examine: async () => [], settingsShown: {} },
    ...recordPorts(pool, tmpdir(), { note: () => Promise.reject(new Error('nobody signs in here')), digest: sha256, clock, log }),
    ...pagePorts(pool, { dataDir: tmpdir(), publicUrl: null, sessionKey: 'a-session-key-for-the-bench-only' }, () => ''),
    ...{
      files: fileMaker,
      renderer: { ...docxRenderer, ...createPdfMaker(null) },
      bundle: async () => null,
      shiftPaper: async () => null,
      office: { organ: '', phone: null },
      paperFiles: { bytes: async () => null },
    },
    more: [],
  }).callback();
}
