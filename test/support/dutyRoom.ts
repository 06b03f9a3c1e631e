/** What people in the duty room can do and see, through the sandbox API and the REST API alone. */

export interface Seen {
  readonly id: string;
  readonly room: string;
  readonly at: string;
  readonly from: string | null;
  readonly fromBot: boolean;
  readonly kind: string;
  /** How it came where a platform has several ways, such as `ding`. */
  readonly via?: string;
  readonly text: string;
  readonly pinged: readonly string[];
  readonly buttons?: readonly { readonly key: string; readonly text: string }[];
  readonly card?: { readonly states?: Readonly<Record<string, string>> };
}

export interface DutyRoom {
  say(room: string, from: string, text: string, more?: object): Promise<string>;
  click(message: Seen, from: string): Promise<void>;
  /** Waits until a bot message meets the wish; fails after 10 s, telling what was seen instead. */
  see(wish: { readonly room: string; readonly text: string | RegExp; readonly after?: number }): Promise<Seen>;
  /** All messages since the cursor, in order. */
  messages(after?: number): Promise<{ readonly cursor: number; readonly messages: readonly Seen[] }>;
  /** Ends when everything due was run and sent. */
  advance(minutes: number): Promise<string>;
  /** Says it, and answers the text of the bot's newest message there since that meets the wish. */
  answered(room: string, from: string, text: string, wish: string | RegExp): Promise<string>;
  /** Says a decision, reads the code from the bot's question and confirms it. */
  decide(room: string, from: string, text: string): Promise<void>;
  sandbox(path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  api(path: string): Promise<{ readonly status: number; readonly body: Record<string, never> }>;
}

const PATIENCE_MS = 15_000;

/** `tenant` names another enterprise of the same sandbox than the first; `drawn` makes of a raw message what people there see of it. */
export function dutyRoomAt(at: {
  readonly sandbox: string;
  readonly tenant?: string;
  readonly api: string;
  readonly token: string;
  readonly drawn?: (message: Seen) => Seen;
}): DutyRoom {
  const drawn = at.drawn ?? ((message: Seen) => message);
  const sandbox: DutyRoom['sandbox'] = async (path, body) => {
    const init = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${at.sandbox}/sandbox/${at.tenant === undefined ? '' : `tenants/${at.tenant}/`}api/${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const must = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await sandbox(path, body);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const messages: DutyRoom['messages'] = async (after) => {
    const { body } = await sandbox(`messages${after === undefined ? '' : `?after=${after}`}`);
    const { cursor, messages: raw } = body as unknown as Awaited<ReturnType<DutyRoom['messages']>>;
    return { cursor, messages: raw.map(drawn) };
  };
  const see: DutyRoom['see'] = async ({ room, text, after }) => {
    const until = Date.now() + PATIENCE_MS;
    const meets = (m: Seen): boolean =>
      m.fromBot && m.room === room && (typeof text === 'string' ? m.text.includes(text) : text.test(m.text));
    for (;;) {
      const found = (await messages(after)).messages.findLast(meets);
      if (found !== undefined) return found;
      if (Date.now() > until) throw new Error(`nothing like ${String(text)} in ${room}; last seen there:\n${await lastIn(room)}`);
      await new Promise((go) => setTimeout(go, 20));
    }
  };
  const lastIn = async (room: string): Promise<string> =>
    (await messages()).messages
      .filter((m) => m.room === room)
      .slice(-4)
      .map((m) => `[${m.kind}] ${m.text}`)
      .join('\n');
  const say: DutyRoom['say'] = async (room, from, text, more = {}) => String((await must('say', { room, from, text, ...more })).id);
  return {
    sandbox,
    messages,
    see,
    say,
    click: async (message, from) => void (await must('click', { message: message.id, button: message.buttons?.[0]?.key, from })),
    advance: async (minutes) => String((await must('clock', { advanceMinutes: minutes })).now),
    answered: async (room, from, text, wish) => {
      const { cursor } = await messages();
      await say(room, from, text);
      return (await see({ room, text: wish, after: cursor })).text;
    },
    decide: async (room, from, text) => {
      const { cursor } = await messages();
      await say(room, from, text);
      const question = await see({ room, text: /确认 \d{4}/, after: cursor });
      await say(room, from, `确认 ${/确认 (\d{4})/.exec(question.text)?.[1] ?? ''}`);
    },
    api: async (path) => {
      const response = await fetch(`${at.api}${path}`, { headers: { authorization: `Bearer ${at.token}` } });
      return { status: response.status, body: (await response.json()) as Record<string, never> };
    },
  };
}
