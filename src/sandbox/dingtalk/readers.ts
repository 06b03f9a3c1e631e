/** Who has read what (dossier 3.4, 3.5, 3.8): people read when they act in a room, when told to, or after a set time. */
import type { MessageBoard } from '../board';
import type { World } from '../world';

/** Somebody's reading, in epoch milliseconds of the sandbox clock. */
export interface Reading {
  readonly person: string;
  readonly at: number;
}

/** Readings by message id. */
export class Readers {
  private readonly read = new Map<string, Map<string, number>>();
  private readonly seenTo = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly board: MessageBoard,
    private readonly switches: { readonly on: { readonly readAfterMs: number | null } },
    private readonly now: () => number,
  ) {}

  /** The person has seen everything the bot said in the room up to now. Reading twice keeps the first moment. */
  sawRoom(room: string, person: string): void {
    const { cursor, messages } = this.board.read(room, this.seenTo.get(`${room}/${person}`) ?? 0);
    this.seenTo.set(`${room}/${person}`, Number(cursor));
    for (const message of messages) if (message.fromBot) this.saw(message.id, person);
  }

  saw(messageId: string, person: string): void {
    const readings = this.read.get(messageId) ?? new Map<string, number>();
    this.read.set(messageId, readings);
    if (!readings.has(person)) readings.set(person, this.now());
  }

  /** Who of the room's members has read the message, in the order of reading. A recalled message keeps its readers. */
  of(messageId: string): readonly Reading[] {
    const message = this.board.find(messageId);
    const room = message && this.world.room(message.room);
    if (!message || !room) return [];
    const own = this.read.get(messageId) ?? new Map<string, number>();
    const { readAfterMs } = this.switches.on;
    const due = readAfterMs === null ? Number.POSITIVE_INFINITY : Date.parse(message.at) + readAfterMs;
    return room.members
      .flatMap((person) => {
        const at = Math.min(own.get(person) ?? Number.POSITIVE_INFINITY, due);
        return at <= this.now() ? [{ person, at }] : [];
      })
      .sort((a, b) => a.at - b.at);
  }

  wipe(): void {
    this.read.clear();
    this.seenTo.clear();
  }
}
