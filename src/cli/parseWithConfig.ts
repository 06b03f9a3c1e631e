/** `fenghuo parse` with the packs and the county list of this office. */
import { readBureau } from '../config/bureau';
import { readRulebooks } from '../config/rulebooks';
import { readSettings } from '../settings';
import { sha256 } from '../wiring/chance';
import { sentencesOf } from '../wiring/faults';
import { parseLines } from './parse';

/** Prints one line a report. 1 when settings, packs or input have faults, each named on stderr. */
export function parseWithConfig(input: string, form: 'jsonl' | 'text'): number {
  const settings = readSettings(process.env);
  if (settings.is === 'faults') return fail(settings.faults);
  const bureau = readBureau(settings.settings.bureau);
  const packs = readRulebooks(settings.settings.configDir, 'standard', sha256);
  if (bureau.is === 'faults' || packs.is === 'faults')
    return fail(sentencesOf([bureau, packs].flatMap((r) => (r.is === 'faults' ? r.faults : []))));
  try {
    process.stdout.write(
      parseLines(
        input,
        form,
        Date.now(),
        bureau.roster,
        packs.rulebooks.map((r) => r.rulebook),
      ),
    );
    return 0;
  } catch (cause) {
    return fail([cause instanceof Error ? cause.message : String(cause)]);
  }
}

function fail(sentences: readonly string[]): number {
  process.stderr.write(`${sentences.join('\n')}\n`);
  return 1;
}
