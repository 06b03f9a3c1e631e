/** Builds the pages where they are not fresh; a process of its own, so that a server can have it done beside its work. */
const { pagesReady } = require('./setup.js');

pagesReady().then((isReady) => {
  process.exitCode = isReady ? 0 : 1;
});
