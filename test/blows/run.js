/** Runs `main.ts` as it stands: TypeScript is compiled when a file is asked for. */
const { transformFileSync } = require('@swc/core');

const OPTIONS = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' };

require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, OPTIONS).code, file);
require('./main.ts');
