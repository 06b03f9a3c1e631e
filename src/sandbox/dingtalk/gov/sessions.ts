/** Answers by the address that came with a message, as the one known implementation has them (dossier 6.5). */
import { randomBytes } from 'node:crypto';
import { parsedJson } from '../http';
import { accepted, json, type Reply, refused } from '../replies';
import { chatLook } from './looks';
import type { GovCall, GovParts } from './parts';

const LIFE_MS = 5_400_000;

/** The sessions given out; how long the real ones live is not known, 90 minutes as elsewhere. */
export class GovSessions {
  private readonly sessions = new Map<string, { readonly room: string; readonly expiresAt: number }>();

  constructor(private readonly parts: GovParts) {}

  open(room: string): string {
    const session = randomBytes(16).toString('hex');
    this.sessions.set(session, { room, expiresAt: this.parts.now() + LIFE_MS });
    return `${this.parts.base()}/robot/sendBySession?session=${session}`;
  }

  knows(session: string): boolean {
    return this.sessions.has(session);
  }

  /** Unsigned, in words or markdown. */
  send({ params, body }: GovCall): Reply {
    const session = this.sessions.get(params.get('session') ?? '');
    if (!session || this.parts.now() >= session.expiresAt) return json(500, { status: 500, error: 'Internal Server Error' });
    const raw = parsedJson(body.toString('utf8'));
    const look = chatLook(raw);
    if (!look) return refused(400105);
    this.parts.board.post({ room: session.room, from: null, fromBot: true, via: 'robot', pinged: [], raw, ...look });
    return accepted();
  }

  wipe(): void {
    this.sessions.clear();
  }
}
