/** After all tests: stops the run's database server where one was asked for. */
import './globalSetup';

export default async function globalTeardown(): Promise<void> {
  await globalThis.testServer?.stop();
}
