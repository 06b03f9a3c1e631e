/** A bot in a process of its own, for tests that kill it: starts the embedded database, writes a table, says so, and waits. */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

Module._extensions['.ts'] = (module, path) => {
  const options = { filename: path, jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };
  module._compile(transformSync(readFileSync(path, 'utf8'), options).code, path);
};
const { Client } = require('pg');
const pino = require('pino');
const { startEmbedded } = require('../../../src/store/embedded/startEmbedded.ts');

async function main(dataDir) {
  const { url } = await startEmbedded({ dataDir, log: pino({ level: 'silent' }), settings: { fsync: 'off' } });
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE kept AS SELECT 7 AS n');
  await client.end();
  process.send('ready');
}

main(process.argv[2]);
