/** Work notifications of the government edition (dossier 6.4): 1000 receivers, one id that makes a second sending refused. */
import { createHash, randomInt } from 'node:crypto';
import { RateWindow } from '../../rateWindow';
import type { Person } from '../../world';
import type { Reply } from '../replies';
import { noticeOf } from './looks';
import type { GovCall, GovParts, GovTable } from './parts';
import { failed, granted, grantedAsText } from './replies';

const MAX_RECEIVERS = 1000;
const PER_DAY = 100;
const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;

/** Sending, changing and taking back. */
export class GovNotices {
  private readonly sent = new Map<string, readonly string[]>();
  private readonly said = new Set<string>();
  private readonly daily = new RateWindow([{ perMs: DAY_MS, max: PER_DAY }]);

  constructor(private readonly parts: GovParts) {}

  table(): GovTable {
    return {
      'message/workNotification': { run: (call) => this.send(call) },
      'message/changeMessageInfo': { run: (call) => this.change(call) },
      'message/revoke': { run: (call) => this.revoke(call) },
    };
  }

  wipe(): void {
    this.sent.clear();
    this.said.clear();
    this.daily.clear();
  }

  /** What goes over a person's limits is swallowed: how the platform says it is not known. */
  private send({ params }: GovCall): Reply {
    const [accounts, units] = [listOf(params, 'receiverIds'), listOf(params, 'organizationCodes')];
    const bizMsgId = params.get('bizMsgId') ?? '';
    if (params.get('tenantId') !== this.parts.keys.tenantId) return failed('InvalidTenant', 'tenantId不正确');
    if (bizMsgId === '' || accounts.length + units.length === 0) return failed('InvalidParameter', '缺少bizMsgId或接收者');
    if (accounts.length + units.length > MAX_RECEIVERS) return failed('InvalidParameter', '接收者超过1000');
    if (this.sent.has(bizMsgId)) return failed('DuplicateBizMsgId', 'bizMsgId重复');
    const look = noticeOf(this.parts.media, params.get('msg'));
    if (!look) return failed('InvalidParameter', 'msg不合法或超过2048字节');
    const digest = createHash('sha256')
      .update(params.get('msg') ?? '')
      .digest('hex');
    const raw = Object.fromEntries(params);
    const shown = this.receivers(accounts, units).flatMap((person) => {
      const room = `dm:${person.id}`;
      const why = this.swallows(person, digest);
      if (why) this.parts.drops.note({ via: 'app', room, people: [person.id], why, raw });
      return why ? [] : [this.parts.board.post({ room, from: null, fromBot: true, via: 'app', pinged: [], raw, ...look }).id];
    });
    this.sent.set(bizMsgId, shown);
    return grantedAsText({ msgId: String(randomInt(1e9, 9e9)) });
  }

  private receivers(accounts: readonly string[], units: readonly string[]): readonly Person[] {
    const ids = this.parts.book.units.filter(({ code }) => units.includes(code)).map(({ id }) => id);
    return this.parts.book.accounts
      .filter(({ accountId, person }) => accounts.includes(accountId) || person.departments.some((id) => ids.includes(id)))
      .map(({ person }) => person);
  }

  private swallows(person: Person, digest: string): 'duplicate' | 'app_day' | null {
    const key = `${Math.floor((this.parts.now() + BEIJING_MS) / DAY_MS)}/${person.id}/${digest}`;
    if (this.said.has(key)) return 'duplicate';
    if (!this.daily.take(person.id, this.parts.now())) return 'app_day';
    this.said.add(key);
    return null;
  }

  private change({ params }: GovCall): Reply {
    const shown = this.sent.get(params.get('bizMsgId') ?? '');
    const look = noticeOf(this.parts.media, params.get('msg'));
    if (!shown || !look) return failed('InvalidParameter', 'bizMsgId不存在或msg不合法');
    for (const id of shown) this.parts.board.change(id, look);
    return granted(true);
  }

  private revoke({ params }: GovCall): Reply {
    const shown = this.sent.get(params.get('bizMsgId') ?? '');
    if (!shown) return failed('InvalidParameter', 'bizMsgId不存在');
    for (const id of shown) this.parts.board.recall(id);
    return granted(true);
  }
}

/** A list by commas, as a repeated name, or as JSON. */
export function listOf(params: URLSearchParams, name: string): string[] {
  return params
    .getAll(name)
    .flatMap((value) => (/^\[.*\]$/.test(value) ? (JSON.parse(value) as unknown[]).map(String) : value.split(',')))
    .filter((id) => id !== '');
}
