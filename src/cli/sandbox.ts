/** `fenghuo sandbox --only`: the simulator as a process of its own, with hosts, ids and secrets on stdout as JSON. */
import { readBureau } from '../config/bureau';
import { startStandalone } from '../sandbox/standalone';
import { readSettings } from '../settings';
import { sentencesOf } from '../wiring/faults';
import { worldOf } from '../wiring/sandbox';

/** Runs until SIGTERM or Ctrl-C. 2 without `--only`, 1 when settings or bureau files have faults. */
export async function sandboxOnly(args: readonly string[]): Promise<number> {
  if (!args.includes('--only')) {
    process.stderr.write('请写明：fenghuo sandbox --only [--port N]；要连同机器人一起启动请用 fenghuo start。\n');
    return 2;
  }
  const settings = readSettings(process.env);
  const bureau = settings.is === 'ok' ? readBureau(settings.settings.bureau) : null;
  const faults = settings.is === 'faults' ? settings.faults : bureau?.is === 'faults' ? sentencesOf(bureau.faults) : [];
  if (bureau?.is !== 'ok') {
    process.stderr.write(`${faults.join('\n')}\n`);
    return 1;
  }
  const port = Number(args[args.indexOf('--port') + 1] ?? 0) || 0;
  const sandbox = await startStandalone({ world: worldOf(bureau.roster), port });
  process.stdout.write(`${JSON.stringify({ url: sandbox.url, page: `${sandbox.url}/sandbox/`, binding: sandbox.binding() })}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await sandbox.stop();
  return 0;
}
