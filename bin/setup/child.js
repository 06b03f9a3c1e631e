/** Runs a child program and keeps what it prints. */
const { spawn } = require('node:child_process');

/** Settles when the child has ended: its exit code (null after a signal) and everything it printed. */
function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, ...options });
    let printed = '';
    child.stdout?.on('data', (text) => (printed += text));
    child.stderr?.on('data', (text) => (printed += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, printed }));
  });
}

module.exports = { run };
