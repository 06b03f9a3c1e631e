/** Runs the built program as it stands, without any set-up. */
const { join } = require('node:path');

const { main } = require(join(__dirname, '..', 'dist', 'cli', 'main.js'));

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
    // Everything has stopped; a library's last timer does not keep the clerk waiting.
    setTimeout(() => process.exit(), 2000).unref();
  },
  (fault) => {
    process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
    process.exitCode = 1;
  },
);
