/** Before all tests: reads the shipped plans for all suites, and offers the run's database server. */
import { keepShipped } from '../shipped';
import { offerTestServer, type TestServer } from './testServer';

declare global {
  var testServer: TestServer | undefined;
  var forgetShipped: (() => void) | undefined;
}

export default async function globalSetup(): Promise<void> {
  globalThis.forgetShipped = keepShipped();
  globalThis.testServer = await offerTestServer();
}
