/** The robots of one organisation (dossier 2, 3): the app's own, and the custom ones of the groups. */
import type { DingParts } from '../parts';
import type { Pushes } from '../stream/pushes';
import type { StreamSockets } from '../stream/sockets';
import type { WireTable } from '../wireApi';
import { Afterwards } from './afterwards';
import { Dings } from './ding';
import { Downloads } from './downloads';
import { RobotEars } from './ears';
import { Flood } from './flood';
import { Hooks } from './hooks';
import { Inbound } from './inbound';
import { SentBook } from './sent';
import { Sessions } from './sessions';
import { RobotSpeaker } from './speaker';

/** Ears, mouths, and what is remembered of both. */
export class Robot {
  readonly ears: RobotEars;
  readonly sent: SentBook;
  readonly dings: Dings;
  private readonly flood: Flood;
  private readonly hooks: Hooks;
  private readonly sessions: Sessions;
  private readonly downloads: Downloads;
  private readonly inbound: Inbound;
  private readonly speaker: RobotSpeaker;
  private readonly afterwards: Afterwards;

  constructor(parts: DingParts, pushes: Pushes, sockets: StreamSockets) {
    this.flood = new Flood(parts.now);
    this.sent = new SentBook(parts.board, parts.now);
    const own = { ...parts, sent: this.sent, flood: this.flood };
    this.hooks = new Hooks(parts, this.flood);
    this.sessions = new Sessions(parts, this.flood);
    this.downloads = new Downloads(parts);
    this.inbound = new Inbound(parts, this.sessions, this.downloads, this.sent);
    this.ears = new RobotEars(parts, this.inbound, pushes, sockets);
    this.speaker = new RobotSpeaker(own);
    this.afterwards = new Afterwards(own);
    this.dings = new Dings(own);
  }

  apis(): { readonly api: WireTable; readonly oapi: WireTable } {
    const files = this.downloads.apis();
    return {
      api: { ...this.speaker.apis(), ...this.afterwards.apis(), ...this.dings.apis(), ...files.api },
      oapi: { ...this.hooks.apis(), ...this.sessions.apis(), ...files.oapi },
    };
  }

  wipe(): void {
    for (const part of [this.flood, this.sent, this.hooks, this.sessions, this.downloads, this.inbound, this.dings]) part.wipe();
  }
}
