/** The whole program: what stops a start is one sentence and exit code 1, and the start after that works. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { ended, keep, kept, lines, up } from '../judge';
import { closedToOthers, NOBODY } from '../machine';
import { ask, type Case, onBegunScene, onScene, type Program, until } from '../scene';

export const refusals: readonly Case[] = [
  { name: 'two starts on one data folder: the second says who uses it and ends, the first goes on serving', run: twoStarts },
  { name: 'the port is taken: told, the database is stopped again and free for the next start', run: portTaken },
  { name: 'the data folder cannot be written: told; with rights the next start works', leftOut: closedToOthers, run: notWritable },
  { name: 'a database of the real use is refused for a demonstration before anything in it is changed', run: otherUse },
  { name: 'kill -9 of the database under the whole program: a report is answered within 60 s', run: programGoesOn },
];

async function twoStarts(): Promise<string> {
  return onBegunScene(async (scene) => {
    const first = up(await scene.bot());
    await keep(first);
    const said = ended(await scene.program(), `正被另一个烽火进程（${first.process.pid}）使用`);
    await kept(first);
    assert.equal(await first.stop(), 0);
    return said;
  });
}

async function portTaken(): Promise<string> {
  return onScene(async (scene) => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as AddressInfo).port));
    });
    const said = ended(await scene.program({ FENGHUO_PORT: String(port) }), `端口 ${port} 已被占用`);
    other.close();
    assert.throws(() => readFileSync(join(scene.dataDir, 'postgres/cluster/postmaster.pid')), /ENOENT/);
    assert.equal(await up(await scene.bot()).stop(), 0);
    return said;
  });
}

async function notWritable(): Promise<string> {
  return onScene(async (scene) => {
    mkdirSync(scene.dataDir);
    const said = ended(await scene.program({}, { as: NOBODY }), /无法写入数据目录/);
    chmodSync(scene.dataDir, 0o777);
    assert.equal(await up(await scene.bot({ as: NOBODY })).stop(), 0);
    return said;
  });
}

async function otherUse(): Promise<string> {
  return onBegunScene(async (scene) => {
    const first = up(await scene.bot());
    await ask(first.url, `CREATE TABLE stamp AS SELECT 'real' AS kind`);
    await first.stop();
    const said = ended(await scene.program(), /建立时是正式用途/);
    const second = up(await scene.bot());
    assert.equal(
      await ask(second.url, `SELECT count(*)::int FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`),
      1,
    );
    return said;
  });
}

async function programGoesOn(): Promise<string> {
  return onBegunScene(async (scene) => {
    const program = serving(await scene.program());
    const url = /(http:\/\/127\.0\.0\.1:\d+)\/sandbox\//.exec(program.said)?.[1];
    const pid = Number.parseInt(readFileSync(join(scene.dataDir, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
    const begun = performance.now();
    process.kill(pid, 'SIGKILL');
    await until('the report is answered', () => reportAnswered(`${url}/sandbox/api`), 60_000);
    const ms = Math.round(performance.now() - begun);
    assert.deepEqual([lines(program, '内置数据库意外退出'), lines(program, '内置数据库已恢复运行')], [1, 1]);
    assert.equal(await program.stop(), 0);
    return `a report was answered ${ms} ms after the kill`;
  });
}

/** Says the report and looks for the answer; people say it again when nothing comes. */
async function reportAnswered(api: string): Promise<boolean> {
  const text = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
  const headers = { 'content-type': 'application/json' };
  await fetch(`${api}/say`, { method: 'POST', headers, body: JSON.stringify({ room: 'duty', from: 'duty1', text }) });
  return until('an answer', async () => (await (await fetch(`${api}/messages?room=duty`)).text()).includes('已接报'), 3000);
}

function serving(program: Program): Program {
  assert.equal(program.code, null, program.log());
  return program;
}
