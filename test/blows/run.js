/** Runs `main.ts` as it stands: TypeScript is compiled when a file is asked for. */
require('../../bench/typescript.js');
require('./main.ts');
