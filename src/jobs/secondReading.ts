/** The second reading: asks the model about fresh reports one at a time, outside any transaction, and offers what it adds. Nothing waits for it. */

import type { OfferReply } from '../bot/wordOffers';
import { dutyRooms } from '../core/incident/audience';
import { hasEnded, type IncidentState } from '../core/incident/state';
import { MINUTE } from '../core/instant';
import { LANE } from '../core/notices/intent';
import { route } from '../core/notices/route';
import { maskedToLeave } from '../core/privacy/leaving';
import { screen } from '../core/privacy/screen';
import { type Said, saidIn } from '../core/report/second/answer';
import { type Offer, offersOf } from '../core/report/second/offers';
import { waysOut } from '../handlers/deliveries';
import type { Deps } from '../handlers/deps';
import { lockedIncident, peekIncident } from '../handlers/incident';
import type { Pace } from '../ports/clock';
import type { SecondReader, Unread, UnreadReports } from '../ports/secondReader';
import type { Tx } from '../ports/store';

export interface SecondReadingParts {
  readonly reader: SecondReader;
  readonly unread: UnreadReports;
  readonly pace: Pace;
  /** True while this process is the one of all that asks. */
  readonly isMine: () => Promise<boolean>;
  /** An offer waits to be sent. */
  readonly offered: () => void;
}

/** Older reports are not asked about: people have read them by then. */
const FRESH_MS = 10 * MINUTE;
const LOOK_MS = 1_000;
/** After a fault the model is left alone for so long, and one report is tried so often. */
const FAULT_MS = 20_000;
const MOST_TRIES = 2;
/** Questions in one minute of real time. */
const MOST_A_MINUTE = 20;
/** Longer reports are asked about up to here, in UTF-16 units. */
const MOST_WORDS = 4_000;

/** Runs until the answer is called; a question under way then is given up. Faults are logged once until it works again. */
export function runSecondReading(deps: Deps, parts: SecondReadingParts): () => Promise<void> {
  const stop = new AbortController();
  const running = new Rounds(deps, parts, stop.signal).run();
  return async () => {
    stop.abort();
    await running;
  };
}

interface Tried {
  readonly tries: number;
  readonly at: number;
}

class Rounds {
  /** Reports asked about in this life of the process; a restart may ask once more, and offers once all the same. */
  private readonly tried = new Map<string, Tried>();
  private asked: readonly number[] = [];
  private isFailing = false;

  constructor(
    private readonly deps: Deps,
    private readonly parts: SecondReadingParts,
    private readonly stop: AbortSignal,
  ) {}

  async run(): Promise<void> {
    while (!this.stop.aborted) {
      const why = await this.round().catch((cause: unknown) => this.tell('fault', cause));
      await this.parts.pace.sleep(why === null ? LOOK_MS : FAULT_MS, this.stop);
    }
  }

  /** Null when all went well; else why the model is left alone for a while. */
  private async round(): Promise<string | null> {
    const now = this.deps.clock.now();
    for (const [stream, { at }] of this.tried) if (at <= now - FRESH_MS) this.tried.delete(stream);
    const done = [...this.tried].flatMap(([stream, { tries }]) => (tries < MOST_TRIES ? [] : [stream]));
    const reports = await this.parts.unread.waiting(now - FRESH_MS, done);
    for (const report of reports) {
      if (this.stop.aborted || !this.mayAsk() || !(await this.parts.isMine())) return null;
      const why = await this.readOne(report);
      if (why !== null) return this.tell(why);
    }
    return null;
  }

  private mayAsk(): boolean {
    const mono = this.parts.pace.mono();
    this.asked = this.asked.filter((at) => at > mono - MINUTE);
    return this.asked.length < MOST_A_MINUTE;
  }

  private async readOne(report: Unread): Promise<string | null> {
    const { deps, parts } = this;
    const at = deps.clock.now();
    const { tries } = this.tried.get(report.stream) ?? { tries: 0 };
    this.tried.set(report.stream, { tries: tries + 1, at });
    const told = await inOne(deps, (tx) => toldIn(tx, report.stream));
    const question = told === null ? null : await questionOf(deps, told.text);
    if (told === null || question === null) return null;
    this.asked = [...this.asked, parts.pace.mono()];
    const end = await parts.reader.ask(question, told.state.receivedAt, this.stop);
    const said = end.is === 'answer' ? saidIn(end.answer, told.text, told.state.receivedAt) : null;
    if (said === null) return end.is === 'answer' ? 'not_expected' : end.why;
    this.tried.set(report.stream, { tries: MOST_TRIES, at });
    const offers = await offer(deps, report, told.text, said);
    deps.log.info({ stream: report.stream, read: said.length, offers }, 'second reading done');
    if (offers > 0) parts.offered();
    if (this.isFailing) deps.log.warn({}, 'the second reader answers again');
    this.isFailing = false;
    return null;
  }

  private tell(why: string, cause?: unknown): string {
    if (!this.isFailing && !this.stop.aborted)
      this.deps.log.warn({ why, cause }, 'the second reader does not answer; the rules read alone');
    this.isFailing = true;
    return why;
  }
}

interface Told {
  readonly state: IncidentState;
  readonly text: string;
}

async function inOne<T>(deps: Deps, work: (tx: Tx) => Promise<T>): Promise<T | null> {
  const result = await deps.store.transact({ busy: 'wait' }, work);
  return result === 'busy' ? null : result;
}

async function toldIn(tx: Tx, stream: string): Promise<Told | null> {
  const state = (await peekIncident(tx, stream))?.state ?? null;
  const text = state === null ? undefined : (await tx.texts([state.text.id])).get(state.text.id);
  return state === null || text === undefined ? null : { state, text };
}

/** What leaves the house: no telephone or identity number, no name that can be told; nothing at all of what bears a mark of secrecy. */
async function questionOf({ directory, clock }: Deps, text: string): Promise<string | null> {
  if (screen(text).is === 'stopped') return null;
  const names = [...(await directory.at(clock.now())).people.values()].map((person) => person.name);
  return maskedToLeave(text, names).slice(0, MOST_WORDS);
}

/** Compared with the record as it is now, under its lock, and stored once for one message; answers how many fields are offered. */
async function offer(deps: Deps, { stream, inbox }: Unread, text: string, said: readonly Said[]): Promise<number> {
  const roster = await deps.directory.at(deps.clock.now());
  const [room] = dutyRooms(roster);
  const offered = await deps.store.transact({ streams: [stream], busy: 'wait' }, async (tx) => {
    const row = await tx.stream(stream);
    const state = row === null ? null : await lockedIncident(tx, row);
    if (state === null || hasEnded(state) || room === undefined) return 0;
    const offers = offersOf(said, text, { fields: state.fields, now: state.receivedAt, lexicon: roster });
    if (offers.length > 0) await tx.reply(inbox, [deliveryOf(deps, stream, room, state, offers)]);
    return offers.length;
  });
  return offered === 'busy' ? 0 : offered;
}

/** Holds no word of a person: only where the words stand in the report. */
function deliveryOf({ clock, reach }: Deps, stream: string, room: string, state: IncidentState, offers: readonly Offer[]) {
  const now = clock.now();
  return {
    purpose: 'reply',
    addressee: `room:${room}`,
    leg: 'show' as const,
    topic: `second_reading:${stream}`,
    lane: LANE.digest,
    intent: { reply: { is: 'second_reading', n: state.n, text: state.text.id, offers } satisfies OfferReply, room },
    notBefore: now,
    relevantUntil: now + FRESH_MS,
    routes: waysOut(reach, route('show', reach.toRoom(room))),
    ticketOf: null,
  };
}
