/** Whether Redis answers, for the self-check. */

const PING_MS = 2_000;

/** Milliseconds until it answered; false where it did not within two seconds. */
export async function pingRedis(url: string): Promise<number | false> {
  const { Redis } = await import('ioredis');
  const client = new Redis(url, { lazyConnect: true, connectTimeout: PING_MS, maxRetriesPerRequest: 0, retryStrategy: () => null });
  client.on('error', () => undefined);
  const begun = performance.now();
  try {
    await client.connect();
    await client.ping();
    return performance.now() - begun;
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
