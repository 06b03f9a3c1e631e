/** What the apps sent, by msgid, and taking it back within 24 hours (dossier 5.4). */
import { z } from 'zod';
import type { MessageBoard } from '../../board';
import { type Answer, accepted, refused } from '../answers';
import type { WireCall } from '../wire';

const LIFE_MS = 24 * 3600_000;

const bodySchema = z.looseObject({ msgid: z.string().min(1) });

interface Sent {
  readonly agentId: number;
  readonly messageIds: readonly string[];
  readonly at: number;
}

/** All sends of all apps. */
export class SentMessages {
  private readonly sends = new Map<string, Sent>();

  constructor(
    private readonly board: MessageBoard,
    private readonly now: () => number,
  ) {}

  note(msgid: string, send: Omit<Sent, 'at'>): void {
    this.sends.set(msgid, { ...send, at: this.now() });
  }

  /** `message/recall`: 42052 after 24 hours, 40058 for a message of another app or of nobody. May run twice. */
  recall(call: WireCall): Answer {
    const body = bodySchema.safeParse(call.json);
    if (!body.success) return refused(40058);
    const send = this.sends.get(body.data.msgid);
    if (!send || send.agentId !== call.caller.agentId) return refused(40058);
    if (this.now() >= send.at + LIFE_MS) return refused(42052);
    for (const id of send.messageIds) this.board.recall(id);
    return accepted();
  }

  wipe(): void {
    this.sends.clear();
  }
}
