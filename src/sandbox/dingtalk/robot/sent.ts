/** What the app's robot has sent, by the key that queries and recalls name (dossier 3.4). */
import { randomBytes } from 'node:crypto';
import type { MessageBoard } from '../../board';

/** One send. `messages` by person id for one-to-one sends, one entry under the room id for a group. `at` on the sandbox clock. */
export interface Sent {
  readonly kind: 'group' | 'single' | 'card';
  readonly room: string | null;
  readonly messages: ReadonlyMap<string, string>;
  readonly at: number;
  recalled: boolean;
}

/** Sends by key, and messages back to their key. */
export class SentBook {
  private readonly sends = new Map<string, Sent>();
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly board: MessageBoard,
    private readonly now: () => number,
  ) {}

  /** Remembers a send and answers its key. */
  note(kind: Sent['kind'], room: string | null, messages: ReadonlyMap<string, string>): string {
    const key = randomBytes(24).toString('base64');
    this.sends.set(key, { kind, room, messages, at: this.now(), recalled: false });
    for (const message of messages.values()) this.keys.set(message, key);
    return key;
  }

  find(key: string): Sent | undefined {
    return this.sends.get(key);
  }

  /** The key of a shown message, which a quote of it carries. */
  keyOf(messageId: string): string | undefined {
    return this.keys.get(messageId);
  }

  recall(sent: Sent): void {
    sent.recalled = true;
    for (const message of sent.messages.values()) this.board.recall(message);
  }

  wipe(): void {
    this.sends.clear();
    this.keys.clear();
  }
}
