/** Late answers to one callback (dossier 2.8): a link without a token, for one hour, that shows something once. */
import { randomBytes } from 'node:crypto';
import { type Answer, accepted, refused } from '../answers';
import type { CorpParts } from '../parts';
import type { WireApi, WireCall } from '../wire';
import type { Manner, RobotMouth } from './mouth';
import type { Occasion } from './tickets';

const LIFE_MS = 3600_000;
const KINDS = ['markdown', 'template_card'];

interface Entry {
  readonly occasion: Occasion;
  readonly issuedAt: number;
  used: boolean;
}

/** The codes given out so far. */
export class ResponseUrls {
  private readonly codes = new Map<string, Entry>();

  constructor(
    private readonly parts: CorpParts,
    private readonly mouth: RobotMouth,
  ) {}

  issue(occasion: Occasion): string {
    const code = randomBytes(32).toString('base64url');
    this.codes.set(code, { occasion, issuedAt: this.parts.now(), used: false });
    return `${this.parts.base()}/cgi-bin/aibot/response?response_code=${code}`;
  }

  knows(code: string): boolean {
    return this.codes.has(code);
  }

  apis(): Readonly<Record<string, WireApi>> {
    return { 'aibot/response': { method: 'POST', token: null, run: (call) => this.answer(call) } };
  }

  wipe(): void {
    this.codes.clear();
  }

  /** A second use is told ok and shows nothing; 60140 for an unknown or aged code. A refused answer leaves the code usable. */
  private answer({ query, json }: WireCall): Answer {
    const entry = this.codes.get(query.get('response_code') ?? '');
    if (!entry || this.parts.now() >= entry.issuedAt + LIFE_MS) return refused(60140);
    const { room, message } = entry.occasion;
    if (entry.used) {
      this.parts.drops.note({ via: 'robot', room: room.id, people: room.members, why: 'used_response_url', raw: json });
      return accepted();
    }
    const quote = room.owner === null && message ? { id: message.id, text: message.text } : undefined;
    const manner: Manner = { kinds: KINDS, items: false, quote };
    const answer = this.mouth.say(room, json, manner);
    entry.used = answer.errcode === 0;
    return answer;
  }
}
