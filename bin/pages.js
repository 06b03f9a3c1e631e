/** Builds the pages in a process of its own while the server already works; until then it answers that they are not there yet. */
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { pagesReady, ROOT } = require('./setup.js');
const { arePagesBuilt } = require('./setup/pages.js');

/** Starts the building where it is needed; it ends with the server. */
function buildBeside() {
  if (arePagesBuilt(ROOT)) return;
  const building = spawn(process.execPath, [join(__dirname, 'pages.js')], { stdio: ['ignore', 'ignore', 'inherit'], windowsHide: true });
  building.unref();
  process.once('exit', () => building.kill());
}

module.exports = { buildBeside };

if (require.main === module) pagesReady().then((isReady) => (process.exitCode = isReady ? 0 : 1));
