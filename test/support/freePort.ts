/** Ports for servers of other make, which must be told theirs before they start. */
import { createServer } from 'node:net';

/** A loopback port that nobody uses now; somebody may be faster before it is taken. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
  });
}
