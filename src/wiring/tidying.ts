/** Gives back what the start left behind: V8 itself waits half a minute in silence, and an office that is never silent keeps it for hours. */
import { Session } from 'node:inspector';

/** The first rounds of the lanes, the queue and the connections are over by then. */
const AFTER_MS = 2_000;

/** Collects once, some seconds after the start; keeps no process alive. Answers how to call it off. */
export function tidyAfterStart(afterMs = AFTER_MS): () => void {
  const timer = setTimeout(() => void tidy(), afterMs);
  timer.unref();
  return () => clearTimeout(timer);
}

/** Collects everything and hands free pages back to the system, a pause of some hundred milliseconds; may run twice. */
export function tidy(): Promise<void> {
  const session = new Session();
  session.connect();
  return new Promise((resolve) => {
    session.post('HeapProfiler.collectGarbage', () => {
      session.disconnect();
      resolve();
    });
  });
}
