/** Before all tests: offers the run's database server. */
import { offerTestServer, type TestServer } from './testServer';

declare global {
  var testServer: TestServer | undefined;
}

export default async function globalSetup(): Promise<void> {
  globalThis.testServer = await offerTestServer();
}
