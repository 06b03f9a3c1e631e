/** What happened, as one word, whatever stream it happened in. */
import { ADMIN_DID_ZH } from '../../core/admin/state';
import { DID_ZH, DUTY_DID_ZH } from '../../core/duty/didZh';
import { REGISTER_DID_ZH } from '../../core/register/didZh';

/** By type of event; of a type that two kinds of stream have it is the same word. */
export const ALL_DID_ZH: Readonly<Record<string, string>> = { ...REGISTER_DID_ZH, ...ADMIN_DID_ZH, ...DUTY_DID_ZH, ...DID_ZH };

/** The type itself where a newer program wrote it. */
export function didZh(type: string): string {
  return ALL_DID_ZH[type] ?? type;
}
