/** The server as a process: settings in, one block of addresses out, an orderly stop on SIGTERM or Ctrl-C. */
import type { App } from './app';
import { readSettings, type Settings } from './settings';
import { EmbeddedFault } from './store/embedded/faults';
import { startBeside } from './wiring/beside';
import { StartFault } from './wiring/faults';
import { createLog } from './wiring/logging';
import { tidyAfterStart } from './wiring/tidying';
import { runWatchdog } from './wiring/watchdog';

const AWAKE_MS = 3_600_000;
/** What to type first, shown at start. */
export const SAMPLE_SENTENCE = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';

/** Runs until a signal; answers the exit code: 0 after an orderly stop, 1 when the start was refused. */
export async function serve(env: NodeJS.ProcessEnv): Promise<number> {
  const read = readSettings(env);
  if (read.is === 'faults') return refuse(read.faults);
  const log = createLog(read.settings.logLevel);
  if (read.settings.role === 'watchdog') return watchdog(read.settings, log);
  // A process with nothing left to wait for would end silently, as if it had been stopped in order.
  const awake = setInterval(() => undefined, AWAKE_MS);
  try {
    // The watchdog, which is started from here too, must not load all of it.
    const { startApp } = await import('./app.js');
    const app = await startApp(read.settings, log);
    const stopWatchdog = watchesBeside(read.settings) ? startBeside(env, log) : async () => undefined;
    // Whoever reads the announcement may stop us at once.
    const asked = signalled();
    await announce(app, read.settings);
    const leaveUntidy = tidyAfterStart();
    await asked;
    leaveUntidy();
    process.stderr.write('正在停止…\n');
    await stopWatchdog();
    await app.stop();
    process.stderr.write('已停止。\n');
    return 0;
  } catch (cause) {
    if (cause instanceof StartFault) return refuse(cause.sentences);
    if (cause instanceof EmbeddedFault) return refuse([cause.message]);
    log.fatal({ cause }, 'the server could not start');
    return 1;
  } finally {
    clearInterval(awake);
  }
}

/** One role by itself is run by somebody who runs the watchdog too. */
function watchesBeside({ role, watchdog: { isBeside } }: Settings): boolean {
  return role === 'all' && isBeside;
}

async function watchdog(settings: Settings, log: ReturnType<typeof createLog>): Promise<number> {
  const stop = new AbortController();
  void signalled().then(() => stop.abort());
  return runWatchdog(settings, log, stop.signal);
}

function refuse(sentences: readonly string[]): number {
  process.stderr.write(`烽火没有启动：\n${sentences.map((s) => `  ${s}`).join('\n')}\n`);
  return 1;
}

async function announce(app: App, settings: Settings): Promise<void> {
  const lines =
    app.page === null
      ? [`烽火已启动（正式平台）：${app.url}`, `  控制台：${app.url}/console/`]
      : [
          `烽火已启动（演示，${settings.sandbox} 模拟平台）`,
          `  聊天页：${app.page}`,
          `  控制台：${app.url}/console/`,
          `  接口：  ${app.url}/api/v1/incidents（令牌在 ${settings.dataDir}/api-token）`,
          `  试试以“周值一”的身份在值班群里说：${SAMPLE_SENTENCE}`,
        ];
  const first = app.firstLinks.map(({ name, url }) => `  ${name}首次登录（只能打开一次，24 小时内有效）：${url}`);
  const more =
    settings.secondReader === null ? [] : [`  ${(await import('./wiring/secondReader.js')).secondReaderLine(settings.secondReader)}`];
  process.stdout.write(`${[...lines, ...first, ...more].join('\n')}\n`);
}

/** Resolves at the first SIGTERM, SIGINT or SIGHUP; a second one ends at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}
