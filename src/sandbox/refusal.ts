/** The sandbox API says no: a stable code, one Chinese sentence, and what to do instead. */

/** A refusal on its way to the caller; the router turns it into `{"error":{...}}` with the status. */
export class SandboxRefusal extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 409 | 502,
    readonly code: string,
    message: string,
    readonly hint: string,
    readonly field?: string,
  ) {
    super(message);
  }
}
