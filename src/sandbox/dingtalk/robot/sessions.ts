/** Answers by the address that came with a message (dossier 3.1): 90 minutes, no token, no message id. */
import { randomBytes } from 'node:crypto';
import type { Room } from '../../world';
import type { DingParts } from '../parts';
import { accepted, json, type Reply, refused } from '../replies';
import type { WireCall, WireTable } from '../wireApi';
import { readHookBody } from './bodies';
import type { Flood } from './flood';

const LIFE_MS = 5_400_000;

/** The sessions given out. */
export class Sessions {
  private readonly sessions = new Map<string, { readonly room: Room; readonly expiresAt: number }>();

  constructor(
    private readonly parts: DingParts,
    private readonly flood: Flood,
  ) {}

  /** An address for answers into that room, with its last moment. */
  open(room: Room): { readonly url: string; readonly expiresAt: number } {
    const session = randomBytes(16).toString('hex');
    const expiresAt = this.parts.now() + LIFE_MS;
    this.sessions.set(session, { room, expiresAt });
    return { url: `${this.parts.base()}/oapi/robot/sendBySession?session=${session}`, expiresAt };
  }

  apis(): WireTable {
    return { 'POST robot/sendBySession': { token: null, free: true, run: (call) => this.send(call) } };
  }

  wipe(): void {
    this.sessions.clear();
  }

  /** The form of the answer to a stale address is not documented; a bare 500 has been reported. */
  private send(call: WireCall): Reply {
    const session = this.sessions.get(call.query.get('session') ?? '');
    if (!session || this.parts.now() >= session.expiresAt) return json(500, { status: 500, error: 'Internal Server Error' });
    if (call.json === undefined) return refused(9499);
    const message = readHookBody(this.parts.book, session.room, call.json, call.body.length);
    if (typeof message === 'number') return refused(message);
    if (this.parts.switches.on.floodEverywhere && !this.flood.passes(session.room.id)) return refused(130101);
    const { look, pinged } = message;
    this.parts.board.post({ room: session.room.id, from: null, fromBot: true, via: 'robot', pinged, raw: call.json, ...look });
    return accepted();
  }
}
