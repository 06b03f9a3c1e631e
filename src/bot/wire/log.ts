/** What the adapter tells its operators; the names fit a structured logger so that one can be passed in as it is. */

/** Fields never hold secrets, tokens, webhook keys, response codes or people's words. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** Somebody must act: wrong credentials, a missing right, an own mistake, an unknown platform code. */
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}
