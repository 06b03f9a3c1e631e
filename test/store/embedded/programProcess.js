/** The whole program as a clerk starts it, without any set-up. */
const { serve } = require('../../../src/main');

serve(process.env).then((code) => {
  process.exitCode = code;
  setTimeout(() => process.exit(), 2000).unref();
});
