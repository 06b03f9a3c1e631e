/** After all tests: removes what was read, stops the run's database server where one was asked for. */
import './globalSetup';

export default async function globalTeardown(): Promise<void> {
  globalThis.forgetShipped?.();
  await globalThis.testServer?.stop();
}
