/** `fenghuo doctor`: the self-check of the page, for whoever sits at the server. */
import { readBureau } from '../config/bureau';
import { readCalendars } from '../config/calendars';
import { readRulebooks } from '../config/rulebooks';
import type { Finding } from '../handlers/doctor';
import { createClock } from '../store/clock';
import { createDirectory } from '../store/directory';
import { createRunning } from '../store/postgres/running';
import { sha256 } from '../wiring/chance';
import { examine } from '../wiring/doctor';
import { refused, withDatabase } from './database';

/** Deadlines follow this profile unless an office chose another; the check looks at seats alone. */
const PROFILE = 'standard';
const SIGN = { good: '正常', note: '留意', fault: '故障' } as const;

/** 0 all is well or only to be known, 1 something is to be mended. */
export function doctorCommand(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  return withDatabase(async ({ pool, settings }) => {
    const bureau = readBureau(settings.bureau);
    const packs = readRulebooks(settings.configDir, PROFILE, sha256);
    const days = readCalendars(settings.configDir);
    if (bureau.is === 'faults' || packs.is === 'faults' || days.is === 'faults')
      return refused('配置文件有错误，请先运行 fenghuo plan lint。');
    const clock = await createClock(pool);
    try {
      const directory = createDirectory(pool, days.calendar);
      await directory.refresh();
      const now = clock.now();
      const roster = await directory.at(now);
      const plans = packs.rulebooks.map(({ rulebook }) => rulebook);
      const found = await examine({ settings, running: createRunning(pool), roster, calendar: days.calendar, plans, now });
      process.stdout.write(json ? `${JSON.stringify({ items: found })}\n` : found.map(lineOf).join(''));
      return found.some(({ is }) => is === 'fault') ? 1 : 0;
    } finally {
      clock.stop();
    }
  });
}

function lineOf({ is, zh, mend }: Finding): string {
  return `${SIGN[is]}  ${zh}${mend === '' ? '' : `。${mend}`}\n`;
}
