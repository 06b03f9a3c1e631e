/** The PostgreSQL that Debian installs, as an office runs it: a server of its own on a loopback port, for one case. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from '../../../src/store/embedded/account';
import { freePort } from '../../support/freePort';
import { ask, type Scene, until } from './scene';

/** Tests may lose their data: nothing is forced to the disk. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off', 'shared_buffers=64MB'];
const INSTALLED = '/usr/lib/postgresql';
/** Of the administrator; holds what must be escaped in an address. */
const PASSWORD = 'p@ss/w:rd';

export interface SystemPostgres {
  readonly port: number;
  /** Address of a database as the administrator, or as somebody else. */
  url(database: string, user?: string, password?: string): string;
  stop(): Promise<void>;
}

/** Why there is no such server on this machine. */
export function noSystemPostgres(): string | null {
  return newest() === null ? `no PostgreSQL below ${INSTALLED}` : null;
}

/** Starts the newest one installed, with its data in the scene. */
export async function startSystemPostgres(scene: Scene): Promise<SystemPostgres> {
  const programs = join(INSTALLED, newest() ?? '', 'bin');
  const [home, passwordFile] = [join(scene.folder, 'office'), join(scene.folder, 'office-password')];
  const account = serverAccount(home);
  mkdirSync(home);
  chmodSync(home, 0o700);
  if (account) chownSync(home, account.uid, account.gid);
  writeFileSync(passwordFile, PASSWORD);
  const as = account ? { uid: account.uid, gid: account.gid } : {};
  const flags = [
    '-D',
    home,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const made = spawnSync(join(programs, 'initdb'), flags, { ...as, cwd: scene.folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', ...FAST].flatMap((one) => ['-c', one]);
  const server = spawn(join(programs, 'postgres'), ['-D', home, ...settings], { ...as, cwd: scene.folder, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url: SystemPostgres['url'] = (database, user = 'postgres', password = PASSWORD) =>
    `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  await until('the office server answers', () => ask(url('postgres'), 'SELECT 1'));
  return {
    port,
    url,
    stop: () => {
      server.kill('SIGINT');
      return ended;
    },
  };
}

function newest(): string | null {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).filter((name) => existsSync(join(INSTALLED, name, 'bin', 'initdb'))) : [];
  return versions.sort((a, b) => Number(b) - Number(a))[0] ?? null;
}
