/** The telephones of the invented bureau: what was sent to them, who was rung, and how each ended. */
import type { MessageBoard } from '../board';
import type { Person, World } from '../world';

/** How a telephone behaves: takes calls, lets them ring, is switched off, or has a number that is nobody's. */
export type Manner = 'answers' | 'rings' | 'off' | 'gone';

/** One short message or call; `result` stays `pending` until the telephone has had its time. */
export interface Sent {
  readonly ref: string;
  readonly kind: 'sms' | 'voice';
  readonly person: string;
  readonly text: string;
  readonly at: number;
  readonly manner: Manner;
}

/** What a receipt says. */
export interface Told {
  readonly state: 'pending' | 'delivered' | 'answered' | 'no_answer' | 'failed';
  readonly code?: number;
}

/** Sandbox milliseconds until a short message is there, a call is taken, and a call has rung out. */
const SMS_MS = 3_000;
const TAKEN_MS = 8_000;
const RUNG_OUT_MS = 35_000;
const OFF = 1003;

/** Every telephone of a world, by the person's number. Lets calls ring until somebody is set to answer. */
export class Telephones {
  private readonly manners = new Map<string, Manner>();
  private readonly byKey = new Map<string, Sent>();
  private last = 0;

  constructor(
    private readonly world: World,
    private readonly board: MessageBoard,
    private readonly now: () => number,
  ) {}

  set(person: string, manner: Manner): void {
    this.manners.set(person, manner);
  }

  /** Whose number it is; nobody's where the person's telephone is set to be gone. */
  owner(phone: string): Person | undefined {
    return this.world.people.find((person) => person.phone === phone && this.manners.get(person.id) !== 'gone');
  }

  /** Takes a message or a call; the same key again is the same one. */
  take(kind: Sent['kind'], key: string, person: Person, text: string): Sent {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    this.last += 1;
    const manner = this.manners.get(person.id) ?? 'rings';
    const sent: Sent = { ref: `call-${this.last}`, kind, person: person.id, text, at: this.now(), manner };
    this.byKey.set(key, sent);
    this.board.post({
      ...{ room: `phone:${person.id}`, from: null, fromBot: true, via: kind, kind: 'text', raw: { kind, text } },
      ...{ text: `${kind === 'sms' ? '短信' : '语音来电'}：${text}`, pinged: manner === 'off' ? [] : [person.id] },
    });
    return sent;
  }

  /** What became of it by now. */
  told(ref: string): Told | null {
    const sent = this.all().find((one) => one.ref === ref);
    if (sent === undefined) return null;
    const age = this.now() - sent.at;
    if (sent.manner === 'off') return age < TAKEN_MS ? { state: 'pending' } : { state: 'failed', code: OFF };
    if (sent.kind === 'sms') return { state: age < SMS_MS ? 'pending' : 'delivered' };
    if (sent.manner === 'answers') return { state: age < TAKEN_MS ? 'pending' : 'answered' };
    return { state: age < RUNG_OUT_MS ? 'pending' : 'no_answer' };
  }

  /** Everything sent, oldest first. */
  all(): readonly Sent[] {
    return [...this.byKey.values()];
  }

  wipe(): void {
    this.manners.clear();
    this.byKey.clear();
  }
}
