/** What people did with the registers, as one word each. */
import type { RegisterEvent } from './events';

/** By type of event. */
export const REGISTER_DID_ZH: Readonly<Record<RegisterEvent['type'], string>> = {
  ItemEntered: '登记台账',
  ItemChecked: '检查台账',
  ItemChanged: '变更台账',
  ItemClosed: '台账销号',
  DeadlinesRang: '催办',
};
