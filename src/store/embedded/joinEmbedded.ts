/** The embedded database for a command beside the bot: the server that runs already, else one started for the while. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { NAME } from './cluster';
import { homeOf } from './home';
import { urlOf } from './launch';
import { runningPostmaster } from './postmaster';
import { startEmbedded } from './startEmbedded';

/** A database to work on for a while. */
export interface Joined {
  /** Holds the password, never to be logged. */
  readonly url: string;
  /** Ends what was started for this; a server that ran already goes on. */
  stop(): Promise<void>;
}

/** Joins the server of `dataDir` where one is ready, else starts it. Throws EmbeddedFault as `startEmbedded` does. */
export async function joinEmbedded(options: { readonly dataDir: string; readonly log: Logger }): Promise<Joined> {
  const url = runningUrl(homeOf(options.dataDir));
  return url === null ? startEmbedded(options) : { url, stop: async () => undefined };
}

function runningUrl(wanted: string): string | null {
  if (!existsSync(wanted)) return null;
  const folder = realpathSync(wanted);
  const found = runningPostmaster(join(folder, 'cluster'));
  const password = join(folder, 'password');
  if (found?.status !== 'ready' || !existsSync(password)) return null;
  return urlOf({ host: found.socketDir || found.host, port: found.port }, NAME, readFileSync(password, 'utf8').trim());
}
