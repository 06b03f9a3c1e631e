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

/** Runs the compiled text. Exports become plain values: no file loads itself in a circle or changes what it exports, and reading a value costs less than the getter that stands for it. */
function run(module, code, filename) {
  module._compile(code, filename);
  const plain = Object.defineProperty({}, '__esModule', { value: true });
  module.exports = Object.assign(plain, module.exports);
}

require.extensions['.ts'] = (module, filename) => run(module, compile(readFileSync(filename, 'utf8'), filename), filename);

module.exports = { compile, run };
