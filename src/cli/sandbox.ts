/** `fenghuo sandbox --only`: the simulator as a process of its own, with hosts, ids and secrets on stdout as JSON. */
import { readBureau } from '../config/bureau';
import { startStandalone } from '../sandbox/standalone';
import { readSettings } from '../settings';
import { sentencesOf } from '../wiring/faults';
import { worldsOf } from '../wiring/sandbox';

/** The sample bureau on WeCom, DingTalk and its government edition, the one of FENGHUO_SANDBOX first. Runs until SIGTERM or Ctrl-C. 2 without `--only`, 1 when settings or bureau files have faults. */
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
  const first = settings.is === 'ok' && settings.settings.sandbox !== 'off' ? settings.settings.sandbox : 'wecom';
  const [world, ...others] = worldsOf(bureau.roster, first);
  const sandbox = await startStandalone({ world, others, port });
  const bindings = sandbox.bindings();
  const printed = { url: sandbox.url, page: `${sandbox.url}/sandbox/`, binding: Object.values(bindings)[0], bindings };
  process.stdout.write(`${JSON.stringify(printed)}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await sandbox.stop();
  return 0;
}
