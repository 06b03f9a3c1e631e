/** A bot's database in a process of its own, for tests that kill it: starts it, answers its address, and stops in order when told. */
const pino = require('pino');
const { startEmbedded } = require('../../../src/store/embedded/startEmbedded');

const [dataDir] = process.argv.slice(2);

async function main() {
  const log = pino(pino.destination({ fd: 2, sync: true }));
  const settings = { fsync: 'off' };
  const started = await startEmbedded({ dataDir, log, settings }).catch((fault) => {
    process.send({ is: 'refused', code: fault.code, message: fault.message, isSentence: fault.name === 'EmbeddedFault' });
    process.exitCode = 1;
    process.disconnect();
  });
  if (!started) return;
  process.send({ is: 'up', url: started.url, pid: started.pid() });
  process.once('message', async () => {
    await started.stop();
    process.disconnect();
  });
}

main();
