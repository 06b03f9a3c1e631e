/** Work notifications (dossier 3.8): always granted at once; what was swallowed is told only by the result. */
import { createHash, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Drop } from '../../drops';
import { RateWindow } from '../../rateWindow';
import type { Person } from '../../world';
import type { DingParts } from '../parts';
import { accepted, type Reply, refused } from '../replies';
import type { WireCall, WireTable } from '../wireApi';
import { noticeLook } from './content';

const MAX_USERS = 100;
const MAX_DEPARTMENTS = 20;
const PER_DAY = 500;
const PER_MINUTE = 5000;
const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;

const list = z.union([z.string(), z.array(z.union([z.string(), z.number()]))]).optional();
const sendSchema = z.looseObject({
  agent_id: z.union([z.number(), z.string()]),
  userid_list: list,
  dept_id_list: list,
  to_all_user: z.union([z.boolean(), z.string()]).optional(),
  msg: z.unknown(),
});
const taskSchema = z.looseObject({ task_id: z.number().optional(), msg_task_id: z.number().optional() });

/** What became of one person. */
type Fate = { readonly message: string } | { readonly code: 143103 | 143105 | 143106 };

interface Task {
  readonly at: number;
  readonly invalid: readonly string[];
  readonly fates: ReadonlyMap<string, Fate>;
}

const WHY: Readonly<Record<number, Drop['why']>> = { 143103: 'member_rate', 143105: 'app_day', 143106: 'duplicate' };

/** The sends of one app. */
export class Notices {
  private readonly tasks = new Map<number, Task>();
  private readonly daily = new RateWindow([{ perMs: DAY_MS, max: PER_DAY }]);
  private readonly minute = new RateWindow([{ perMs: 60_000, max: PER_MINUTE }]);
  private readonly said = new Set<string>();

  constructor(private readonly parts: DingParts) {}

  apis(): WireTable {
    const at = 'topapi/message/corpconversation';
    const entry = (run: (call: WireCall) => Reply) => ({ token: 'app' as const, run });
    return {
      [`POST ${at}/asyncsend_v2`]: entry((call) => this.send(call)),
      [`POST ${at}/getsendresult`]: entry(({ json }) => this.result(json)),
      [`POST ${at}/getsendprogress`]: entry(({ json }) => this.progress(json)),
      [`POST ${at}/recall`]: entry(({ json }) => this.recall(json)),
    };
  }

  wipe(): void {
    this.tasks.clear();
    this.daily.clear();
    this.minute.clear();
    this.said.clear();
  }

  private send({ json }: WireCall): Reply {
    const body = sendSchema.safeParse(json);
    if (!body.success || Number(body.data.agent_id) !== this.parts.keys.agentId) return refused(40035);
    const { userid_list, dept_id_list, to_all_user: all, msg } = body.data;
    const [userids, departments] = [idsOf(userid_list), idsOf(dept_id_list)];
    if (userids.length > MAX_USERS || departments.length > MAX_DEPARTMENTS) return refused(40035);
    const message = typeof msg === 'string' ? parsed(msg) : msg;
    const look = noticeLook(this.parts.media, message);
    if (!look) return refused(40035, 'msg不合法或超过2048字节');
    const named = all === true || all === 'true' ? this.parts.world.people : this.named(userids, departments.map(Number));
    if (named.length === 0 && userids.length === 0) return refused(40035);
    const digest = createHash('sha256').update(JSON.stringify(message)).digest('hex');
    const fates = new Map(named.map((person) => [person.id, this.give(person, digest, look, json)]));
    const task = randomInt(10_000_000_000, 99_999_999_999);
    const invalid = userids.filter((userid) => !this.parts.book.userid(userid));
    this.tasks.set(task, { at: this.parts.now(), invalid, fates });
    return accepted({ task_id: task });
  }

  private named(userids: readonly string[], departments: readonly number[]): readonly Person[] {
    const present = (person: Person) => !this.parts.switches.standing(person.id).left;
    return this.parts.book.accounts
      .filter(({ userid, person }) => userids.includes(userid) || person.departments.some((id) => departments.includes(id)))
      .map(({ person }) => person)
      .filter(present);
  }

  /** Shows it, or swallows it without a word: the same content once a day, 500 a day, 5000 receivers a minute. */
  private give(person: Person, digest: string, look: NonNullable<ReturnType<typeof noticeLook>>, raw: unknown): Fate {
    const { now, drops, board } = this.parts;
    const day = Math.floor((now() + BEIJING_MS) / DAY_MS);
    const key = `${day}/${person.id}/${digest}`;
    const code = this.said.has(key)
      ? 143106
      : !this.minute.take('app', now())
        ? 143103
        : !this.daily.take(person.id, now())
          ? 143105
          : null;
    const room = `dm:${person.id}`;
    if (code !== null) {
      drops.note({ via: 'app', room, people: [person.id], why: WHY[code] ?? 'app_day', raw });
      return { code };
    }
    this.said.add(key);
    return { message: board.post({ room, from: null, fromBot: true, via: 'app', pinged: [], raw, ...look }).id };
  }

  /** Empty in the first seconds. */
  private result(json: unknown): Reply {
    const task = this.find(json);
    if (!task) return refused(40035);
    const ready = this.parts.now() >= task.at + this.parts.switches.on.queryReadyMs;
    const fates = ready ? [...task.fates].map(([person, fate]) => ({ person, userid: this.parts.book.account(person).userid, fate })) : [];
    const shown = fates.flatMap(({ person, userid, fate }) =>
      'message' in fate ? [{ userid, read: this.hasRead(person, fate.message) }] : [],
    );
    const forbidden = fates.flatMap(({ userid, fate }) => ('code' in fate ? [{ code: fate.code, count: 1, userid }] : []));
    return accepted({
      send_result: {
        invalid_user_id_list: task.invalid,
        forbidden_user_id_list: forbidden.map(({ userid }) => userid),
        failed_user_id_list: [],
        read_user_id_list: shown.filter(({ read }) => read).map(({ userid }) => userid),
        unread_user_id_list: shown.filter(({ read }) => !read).map(({ userid }) => userid),
        invalid_dept_id_list: [],
        forbidden_list: forbidden,
      },
    });
  }

  private progress(json: unknown): Reply {
    const task = this.find(json);
    if (!task) return refused(40035);
    const ready = this.parts.now() >= task.at + this.parts.switches.on.queryReadyMs;
    return accepted({ progress: { progress_in_percent: ready ? 100 : 0, status: ready ? 2 : 1 } });
  }

  private recall(json: unknown): Reply {
    const task = this.find(json);
    if (!task) return refused(40035);
    for (const fate of task.fates.values()) if ('message' in fate) this.parts.board.recall(fate.message);
    return accepted();
  }

  private find(json: unknown): Task | undefined {
    const body = taskSchema.safeParse(json);
    return body.success ? this.tasks.get(body.data.task_id ?? body.data.msg_task_id ?? 0) : undefined;
  }

  private hasRead(person: string, message: string): boolean {
    return this.parts.readers.of(message).some((reading) => reading.person === person);
  }
}

/** A list as text with commas, or as an array. */
function idsOf(given: z.output<typeof list>): string[] {
  const parts = typeof given === 'string' ? given.split(',') : (given ?? []).map(String);
  return parts.map((id) => id.trim()).filter((id) => id !== '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
