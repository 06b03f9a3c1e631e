/** Many reports at once, each told apart by its number of people, and whether each made one incident and was answered once. */
import type { Seen } from '../support/dutyRoom';
import { ask } from './ask';
import type { Outcome } from './fault';
import type { World } from './world';

const COUNTIES = { hubin: '湖滨区', shanzhou: '陕州区', lingbao: '灵宝市', yima: '义马市' } as const;
/** The counties whose people report in turn. */
export const REPORTING = Object.keys(COUNTIES) as (keyof typeof COUNTIES)[];

export function reportFrom(county: keyof typeof COUNTIES, people: number): string {
  return `今早8点半,${COUNTIES[county]}建设路丰和超市,${people}名消费者因预付卡退费聚集`;
}

/** Each number of people must have been reported, echoed and paged to the duty room once; what is unknown excuses what is not seen. */
export async function judgeReports(world: World, numbers: readonly number[], notes: readonly string[]): Promise<Outcome> {
  const { rows } = await world.pool.query<{ n: number; text: string; unknown: number }>(REPORTED);
  const page = (await (await ask(`${world.simulator}/sandbox/api/messages`)).json()) as { messages: readonly Seen[] };
  const shown = page.messages.filter((m) => m.fromBot);
  const lost: string[] = [];
  const doubled: string[] = [];
  const tally = (what: string, count: number, excused = false): void => {
    if (count === 0 && !excused) lost.push(what);
    if (count > 1) doubled.push(`${what}, ${count} times`);
  };
  for (const number of numbers) {
    const incidents = rows.filter((row) => row.text.includes(`${number}名`));
    tally(`the report of ${number} people`, incidents.length);
    for (const { n, unknown } of incidents) {
      const about = shown.filter((m) => aboutIn(m.text) === n);
      const pages = about.filter((m) => m.room === 'duty' && m.pinged.length > 0);
      const kinds = { echo: about.filter((m) => m.text.includes('已接报')), page: pages };
      for (const [kind, seen] of Object.entries(kinds)) {
        const unmarked = seen.filter((m) => !m.text.includes('（重发）')).length;
        tally(`the ${kind} of #${n} (${number} people)`, unmarked, unknown > 0 || seen.length > 0);
      }
    }
  }
  const unknown = rows.reduce((sum, row) => sum + row.unknown, 0);
  const repeats = shown.filter((m) => m.text.includes('（重发）')).length;
  const faults = await world.pool.query<{ line: string }>(UNENDED);
  return {
    lost,
    doubled,
    faults: faults.rows.map((row) => row.line),
    notes: [`${numbers.length} reports`, ...notes, ...(repeats + unknown > 0 ? [`${repeats} marked repeats, ${unknown} unknown`] : [])],
  };
}

/** The incident a message is about: the first it names; others follow where they are alike. */
function aboutIn(text: string): number {
  return Number(/#(\d+) /.exec(text)?.[1]);
}

const REPORTED = `
  SELECT i.n, v.body AS text, (SELECT count(*)::int FROM deliveries d WHERE d.stream_id = i.stream_id AND d.state = 'unknown') AS unknown
  FROM events e JOIN incidents i USING (stream_id) JOIN inbox b ON b.id::text = e.cause_id JOIN vault v ON v.id = b.vault_id
  WHERE e.type = 'IncidentReported'`;
const UNENDED = `
  SELECT concat_ws(' ', 'inbox row', id, 'is', state) AS line FROM inbox WHERE state <> 'handled'
  UNION ALL SELECT concat_ws(' ', 'delivery', id, purpose, addressee, 'is', state) FROM deliveries WHERE state IN ('queued', 'held', 'sending')`;
