/** Reads every line that a log would have got, with all its fields and causes: nothing people said and no key may stand there. */

export interface SecretWatch {
  logged(fields: object, message: string): void;
  /** Each secret that was told, with the line's message. */
  found(): readonly string[];
}

export function createSecretWatch(secrets: readonly string[]): SecretWatch {
  const told = new Set<string>();
  return {
    logged: (fields, message) => {
      const line = `${message} ${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? errorText(value) : value))}`;
      for (const secret of secrets) if (line.includes(secret)) told.add(`the log line “${message}” tells ${secret}`);
    },
    found: () => [...told],
  };
}

function errorText(fault: Error): string {
  return `${fault.stack ?? fault.message} ${JSON.stringify({ ...fault })}`;
}
