/** Gives back what the start left behind: V8 itself waits half a minute in silence, and an office that is never silent keeps it for hours. */

/** The first rounds of the lanes, the queue and the connections are over by then. */
const AFTER_MS = 2_000;

/** Collects once, some seconds after the start; keeps no process alive. Answers how to call it off. */
export function tidyAfterStart(): () => void {
  // A Node.js built without the inspector keeps its garbage a while longer.
  const timer = setTimeout(() => void tidy().catch(() => undefined), AFTER_MS);
  timer.unref();
  return () => clearTimeout(timer);
}

/**
 * Collects everything and hands free pages back to the system: two pauses of some fifty milliseconds with what a start leaves. May run
 * twice. Through the inspector, the only way that hands pages back: `gc()` leaves them with the process.
 */
export async function tidy(): Promise<void> {
  const { Session } = await import('node:inspector');
  const session = new Session();
  session.connect();
  await new Promise<void>((resolve) => {
    session.post('HeapProfiler.collectGarbage', () => {
      // Never here: a session that ends within its own answer waits for itself, and the process with it.
      setImmediate(() => {
        session.disconnect();
        resolve();
      });
    });
  });
}
