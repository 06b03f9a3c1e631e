/** What set-up tells the person who waits: one line a step, with the seconds since the command, on stderr. */
const begun = performance.now();

/** Prints one line. */
function say(text) {
  process.stderr.write(`[${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} 秒] ${text}\n`);
}

/** Says every 5 s that `what` still goes on, until `work` has ended. */
async function sayWhile(what, work) {
  say(`${what}…`);
  const timer = setInterval(() => say(`${what}，仍在进行…`), 5000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/** A fault whose message is a finished sentence. */
function sentence(message) {
  return Object.assign(new Error(message), { forPeople: true });
}

module.exports = { say, sayWhile, sentence };
