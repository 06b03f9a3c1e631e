/** Settings in force as people may read them: by name, secrets only as set. */

const SET = '已设置';
const PASSWORD_IN_ADDRESS = /_URL$|WEBHOOK$/;

/** Of what was read; a name without a value is left out. Addresses that are no secret are shown without an account. */
export function shownSettings(raw: Readonly<Record<string, unknown>>, secrets: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]): [string, string][] => {
      if (value === undefined) return [];
      if (secrets.includes(name)) return [[`FENGHUO_${name}`, SET]];
      return [[`FENGHUO_${name}`, PASSWORD_IN_ADDRESS.test(name) ? withoutAccount(String(value)) : String(value)]];
    }),
  );
}

function withoutAccount(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
