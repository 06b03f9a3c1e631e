/** Incidents as handlers write them, one for each county and way of standing: `fill` makes many of each. */
import type { Pool } from 'pg';
import { type Instant, MINUTE } from '../../src/core/instant';
import { readReport } from '../../src/core/report/read';
import type { Store } from '../../src/ports/store';
import { activate, ROSTER, report, setLevel, terminate } from '../../test/core/builders';
import { openOffice } from '../../test/handlers/office';
import { inside } from '../../test/store/contract/builders';
import { firstReport } from './papers';

export interface Dossier {
  readonly stream: string;
  readonly isOpen: boolean;
  readonly events: number;
  readonly lastAt: Instant;
}

/** Short of the archive, whose road through tasks would make the bench long; what it ends with is told below. */
const EVENTS = { open: 24, closed: 50 } as const;
const PRIVATE = { room: null, conversation: 'private' };

/** One open and one closed incident of each county, received at `at`, by way of the handlers. */
export async function liveDossiers(pool: Pool, store: Store, at: Instant): Promise<readonly Dossier[]> {
  const dossiers: Dossier[] = [];
  for (const county of ROSTER.counties)
    for (const isOpen of [true, false]) dossiers.push(await live(pool, store, { name: county.names[0] ?? '', id: county.id, at, isOpen }));
  return dossiers;
}

interface Told {
  readonly name: string;
  readonly id: string;
  readonly at: Instant;
  readonly isOpen: boolean;
}

/** Reported, graded, activated, answered by all, reported upward, then one progress after the other; a closed one is ended. */
async function live(pool: Pool, store: Store, { name, id, at, isOpen }: Told): Promise<Dossier> {
  const stream = `model-${isOpen ? 'open' : 'closed'}-${id}`;
  const office = openOffice(store);
  office.now = at;
  const act = async (who: string, command: Parameters<typeof office.act>[2]): Promise<number> => {
    office.now += MINUTE;
    const done = await office.act(stream, who, command, PRIVATE);
    if (done.is !== 'done') throw new Error(`${command.type} was answered with ${JSON.stringify(done)}`);
    return done.version;
  };
  const text = `${name}某商场发生群体性消费纠纷，约六十人聚集，涉及金额约三十万元，无人员受伤，现场已有两名执法人员。`;
  const { fields, facts } = readReport(text, at, ROSTER, 'report');
  await act('duty1', report({ receivedAt: at, fields, facts }));
  await act('director', setLevel(3));
  await act('director', activate());
  const asked = await pool.query<{ person: string }>(
    'SELECT DISTINCT person_id AS person FROM asks WHERE stream_id = $1 AND answered_at IS NULL',
    [stream],
  );
  for (const { person } of asked.rows) await act(person, { type: 'Acknowledge', call: null, via: 'text' });
  const wanted = isOpen ? EVENTS.open : EVENTS.closed - 4;
  let version = await firstReport(office, stream);
  for (let said = 0; version < wanted; said++)
    version = await act(said % 2 === 0 ? 'site1' : 'coord1', {
      type: 'ReportProgress',
      text: { id: `${stream}-${said}`, commitment: 'c' },
    });
  if (!isOpen) await act('director', terminate());
  const { version: events } = await inside(store, async (tx) => (await tx.peek(stream)) ?? { version: 0 });
  return { stream, isOpen, events, lastAt: office.now };
}
