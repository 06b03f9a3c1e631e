/** Response codes of app cards (dossier 5.3): each good for one update within 72 hours of the sandbox clock. */
import { randomBytes } from 'node:crypto';

const LIFE_MS = 72 * 3600_000;

/** One send of an app that put a card in front of people: message id by person id. */
export interface CardSend {
  readonly id: string;
  readonly agentId: number;
  readonly messages: ReadonlyMap<string, string>;
}

/** Codes by send. A code dies with its use, with its age, and with a wipe. */
export class ResponseCodes {
  private readonly sends = new Map<string, CardSend>();
  private readonly codes = new Map<string, { readonly sendId: string; readonly issuedAt: number }>();

  constructor(private readonly now: () => number) {}

  /** Remembers a send and answers its first code. */
  open(send: CardSend): string {
    this.sends.set(send.id, send);
    return this.issue(send.id);
  }

  /** A further code for a send, as every click event carries one. */
  issue(sendId: string): string {
    const code = randomBytes(48).toString('base64url');
    this.codes.set(code, { sendId, issuedAt: this.now() });
    return code;
  }

  /** The send a living code belongs to; undefined for an unknown, used or aged code (60140). */
  find(code: string): CardSend | undefined {
    const entry = this.codes.get(code);
    return entry && this.now() < entry.issuedAt + LIFE_MS ? this.sends.get(entry.sendId) : undefined;
  }

  use(code: string): void {
    this.codes.delete(code);
  }

  wipe(): void {
    this.sends.clear();
    this.codes.clear();
  }
}
