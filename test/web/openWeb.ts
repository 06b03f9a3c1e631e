/** A Fenghuo that only serves HTTP, with the platform's hand on it, for one test file. */
import { type Bureau, openBureau } from '../support/bureau';
import { type Platform, platformAt } from './platform';

export interface Web extends Bureau {
  readonly platform: Platform;
}

/** Starts on a fresh database; its `close` also lets go of the platform's connections. */
export async function openWeb(): Promise<Web> {
  const bureau = await openBureau({ ROLE: 'web' }, 'real');
  const platform = await platformAt(bureau.app.url);
  const close = async (): Promise<void> => {
    platform.close();
    await bureau.close();
  };
  return { ...bureau, platform, close };
}
