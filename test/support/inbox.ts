/** Waiting until everything that was said has been handled, without moving any clock. */
import type { Bureau } from './bureau';

const PATIENCE_MS = 15_000;
/** Minutes: less than a second. */
const SCARCELY = 0.01;

/** Resolves when no message waits to be handled and nothing is being sent; fails after 15 s. */
export async function atRest(bureau: Bureau): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await bureau.pool.query("SELECT count(*)::int AS waiting FROM inbox WHERE state = 'received'");
    if (rows[0].waiting === 0) break;
    if (Date.now() > until) throw new Error(`${rows[0].waiting} messages are still not handled`);
    await new Promise((go) => setTimeout(go, 10));
  }
  // The sandbox answers a move of its clock when everything is settled: the smallest move waits for just that.
  await bureau.advance(SCARCELY);
}
