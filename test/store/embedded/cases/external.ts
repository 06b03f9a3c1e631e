/** A PostgreSQL of the office's own: what stands in the way is told in one sentence, and nothing is changed by asking. */
import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { externalFault } from '../../../../src/store/external';
import { freePort } from '../../../support/freePort';
import { ended } from '../judge';
import { ask, type Case, onScene, type Scene } from '../scene';
import { noSystemPostgres, type SystemPostgres, startSystemPostgres } from '../systemPostgres';

export const external: readonly Case[] = [
  { name: 'external PostgreSQL: nothing listens, no such host, no answer: each told', run: nobodyThere },
  {
    name: 'external PostgreSQL: wrong password, missing database or user, no right, other encoding, read-only, full: each told',
    leftOut: noSystemPostgres,
    run: unfit,
  },
  { name: 'external PostgreSQL: the program says it and ends; once mended it serves there', leftOut: noSystemPostgres, run: mended },
];

async function nobodyThere(): Promise<string> {
  const told = [
    await sentence(`postgresql://fh:secret@127.0.0.1:${await freePort()}/fh`, /没有在运行或不接受连接/),
    await sentence('postgresql://fh:secret@no-such-host.invalid/fh', /找不到数据库主机 no-such-host\.invalid/),
    await sentence('postgresql://fh:secret@localhost/fh?host=/nowhere', /没有在运行或不接受连接/),
    await silent(),
  ];
  return `${told.length} causes, each one sentence`;
}

async function unfit(): Promise<string> {
  return withOffice(async (office) => {
    const admin = office.url('postgres');
    const asFh = (database: string): string => office.url(database, 'fh', 'pw');
    for (const made of [
      `CREATE ROLE fh LOGIN PASSWORD 'pw'`,
      'CREATE DATABASE closed',
      `CREATE DATABASE gbk OWNER fh ENCODING 'EUC_CN' TEMPLATE template0`,
      'CREATE DATABASE shut OWNER fh',
      'ALTER DATABASE shut SET default_transaction_read_only = on',
      'CREATE DATABASE good OWNER fh',
      'CREATE DATABASE secret',
      'REVOKE CONNECT ON DATABASE secret FROM PUBLIC',
    ])
      await ask(admin, made);
    assert.equal(await externalFault(asFh('good')), null);
    await sentence(office.url('good', 'fh', 'wrong secret'), /不接受用户 fh 的口令/);
    await sentence(office.url('good', 'nobody-here', 'secret'), /不接受用户 nobody-here 的口令/);
    await sentence(asFh('missing'), /没有名为 missing 的数据库.*CREATE DATABASE missing OWNER fh/);
    await sentence(asFh('closed'), /没有在 closed 中建表的权限/);
    await sentence(asFh('secret'), /没有登录 secret 的权限/);
    await sentence(asFh('gbk'), /编码是 EUC_CN/);
    await sentence(asFh('shut'), /只读的/);
    await sentence(`${asFh('good')}?sslmode=verify-full`, /没有启用加密连接/);
    await ask(admin, 'ALTER ROLE fh CONNECTION LIMIT 0');
    await sentence(asFh('good'), /连接数已满/);
    return '9 causes, each one sentence';
  });
}

async function mended(): Promise<string> {
  return withOffice(async (office, scene) => {
    const env = { FENGHUO_DATABASE_URL: office.url('fenghuo', 'fh', 'pw') };
    await ask(office.url('postgres'), `CREATE ROLE fh LOGIN PASSWORD 'pw'`);
    const said = ended(await scene.program(env), /没有名为 fenghuo 的数据库/);
    await ask(office.url('postgres'), `CREATE DATABASE fenghuo OWNER fh ENCODING 'UTF8'`);
    const program = await scene.program(env);
    assert.equal(program.code, null, program.log());
    assert.equal(await program.stop(), 0);
    assert.equal(await ask(env.FENGHUO_DATABASE_URL, 'SELECT kind FROM stamp'), 'sandbox');
    return said;
  });
}

async function withOffice(work: (office: SystemPostgres, scene: Scene) => Promise<string>): Promise<string> {
  return onScene(async (scene) => {
    const office = await startSystemPostgres(scene);
    return work(office, scene).finally(() => office.stop());
  });
}

/** What is told for this address: one Chinese sentence that says what to do, and no password. */
async function sentence(url: string, like: RegExp): Promise<string> {
  const told = (await externalFault(url)) ?? 'nothing told';
  assert.match(told, like);
  assert.match(told, /^[^\n]*：请[^\n]*。$/);
  assert.doesNotMatch(told, /secret@|pw@|wrong secret/);
  return told;
}

/** Something that takes connections and never says a word. */
async function silent(): Promise<string> {
  const held: Socket[] = [];
  const deaf = createServer((socket) => held.push(socket));
  const port = await new Promise<number>((resolve) => {
    deaf.listen(0, '127.0.0.1', () => resolve((deaf.address() as AddressInfo).port));
  });
  return sentence(`postgresql://fh:secret@127.0.0.1:${port}/fh`, /没有应答/).finally(() => {
    for (const socket of held) socket.destroy();
    deaf.close();
  });
}
