/** What is kept of the record of administration, and how its events change it. One stream is one year. */
import type { Recorded } from '../incident/events';
import { upcaster } from '../upcast';
import type { AdminEvent } from './events';

/** Raised when what is folded changes its shape. */
export const ADMIN_V = 1;

export interface AdminState {
  /** As they stood when they were noted last. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Folds one recorded event; only settings are looked at again. */
export function evolve(state: AdminState | null, { event }: Recorded<AdminEvent>): AdminState {
  const before = state?.settings ?? {};
  if (event.type !== 'SettingsChanged') return { settings: before };
  const after: [string, string | null][] = Object.entries({ ...before, ...event.changed });
  return { settings: Object.fromEntries(after.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))) };
}

/** Lifts a stored event to the shape that is folded; null when a newer program wrote it. */
export const upcast = upcaster<AdminEvent>((type) => Object.hasOwn(ADMIN_DID_ZH, type), {});

/** By type of event; a new event does not compile until it has its word. */
export const ADMIN_DID_ZH: Readonly<Record<AdminEvent['type'], string>> = {
  PageEntered: '登录网页',
  PageRefused: '登录未成功',
  PageLeft: '退出网页',
  CredentialsSet: '设置密码和验证器',
  LinkGiven: '生成一次性登录链接',
  FileExported: '导出文件',
  RawRead: '查看原始消息',
  RecordVerified: '校验全部记录',
  SettingsChanged: '设置或配置有变化',
};
