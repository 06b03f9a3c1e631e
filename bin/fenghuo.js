#!/usr/bin/env node
/** The one program of Fenghuo: sets itself up where needed, then runs the command. Written so that an old Node.js can still read it. */
var major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write('烽火需要 Node.js 20 或更高版本，当前为 ' + process.versions.node + '：请先升级 Node.js。\n');
  process.exitCode = 1;
} else {
  require('./setup.js')
    .ready({ kind: 'run' })
    .then((isReady) => {
      if (isReady) require('./run.js');
      else process.exitCode = 1;
    });
}
