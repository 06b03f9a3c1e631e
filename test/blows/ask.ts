/** Questions to the simulator, each over a connection of its own: one kept from before may just be closed by a process that stood still. */

/** As `fetch`; a failure says which address and why. */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  return fetch(url, { ...init, headers }).catch((cause: unknown) => {
    throw new Error(`${url}: ${cause instanceof Error ? String(cause.cause ?? cause) : String(cause)}`);
  });
}
