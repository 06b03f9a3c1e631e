/** Lets Node.js run TypeScript of the benches, the blows and the simulation as it stands: each file becomes CommonJS when it is first asked for. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

const OPTIONS = {
  swcrc: false,
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

/** CommonJS of a TypeScript text. */
function compile(text, filename) {
  return transformSync(text, { ...OPTIONS, filename }).code;
}

require.extensions['.ts'] = (module, filename) => {
  module._compile(compile(readFileSync(filename, 'utf8'), filename), filename);
};

module.exports = { compile };
