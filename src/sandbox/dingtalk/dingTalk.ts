/** One organisation of the local DingTalk: the wire towards the bot on one side, people who talk and press buttons on the other. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Acts } from './acts';
import { Allowance } from './allowance';
import { Cards } from './cards/cards';
import { Presses } from './cards/presses';
import { ShownCards } from './cards/shown';
import { Templates } from './cards/templates';
import { Contacts } from './contacts/contacts';
import { SignIn } from './contacts/signIn';
import { Events } from './events';
import { Groups } from './groups/groups';
import { GroupRoster } from './groups/roster';
import { Notices } from './notices/notices';
import type { DingParts } from './parts';
import type { Readers } from './readers';
import { Robot } from './robot/robot';
import { Pushes } from './stream/pushes';
import { StreamSockets } from './stream/sockets';
import { StreamTickets } from './stream/tickets';
import { Tokens } from './tokens';
import { serveWire } from './wire';
import type { Host, WireTable } from './wireApi';

/** One organisation with one app, its robot, and a custom robot in every group. */
export class DingTalk {
  readonly acts: Acts;
  readonly events: Events;
  readonly sockets: StreamSockets;
  readonly templates: Templates;
  readonly roster: GroupRoster;
  readonly robot: Robot;
  readonly signIn: SignIn;
  readonly allowance: Allowance;
  private readonly tokens: Tokens;
  private readonly tickets: StreamTickets;
  private readonly pushes: Pushes;
  private readonly shown: ShownCards;
  private readonly cards: Cards;
  private readonly notices: Notices;
  private readonly tables: Readonly<Record<Host, WireTable>>;

  constructor(private readonly parts: DingParts) {
    const { keys, now, base } = parts;
    this.tokens = new Tokens(keys, now);
    this.allowance = new Allowance(now);
    this.tickets = new StreamTickets(keys, now, () => `${base().replace(/^http/, 'ws')}/connect`);
    this.sockets = new StreamSockets(parts, this.tickets);
    this.pushes = new Pushes(parts, this.sockets);
    this.robot = new Robot(parts, this.pushes, this.sockets);
    this.events = new Events(parts, this.pushes);
    this.roster = new GroupRoster(parts, this.events);
    this.templates = new Templates(keys.cardTemplateId);
    this.shown = new ShownCards(parts.board);
    this.cards = new Cards({ ...parts, templates: this.templates, shown: this.shown, sent: this.robot.sent });
    this.notices = new Notices(parts);
    this.signIn = new SignIn(parts, this.tokens);
    const presses = new Presses({ ...parts, shown: this.shown, pushes: this.pushes, urlOf: (key) => this.cards.urlOf(key) });
    this.acts = new Acts(parts, this.robot, { shown: this.shown, presses });
    this.tables = this.table();
  }

  get readers(): Readers {
    return this.parts.readers;
  }

  /** Serves a request below one of the hosts. */
  serve(asked: { host: Host; path: string }, request: IncomingMessage, response: ServerResponse): void {
    const wire = { ...this.parts, tokens: this.tokens, allowance: this.allowance, tables: this.tables };
    serveWire(wire, asked, request, response).catch(() => response.destroy());
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.upgrade(request, socket, head);
  }

  /** As on the first day: no tokens, tickets, windows, cards, groups. Connections and callback addresses stay. */
  wipe(): void {
    const { media, readers, switches } = this.parts;
    const own = [this.tokens, this.allowance, this.tickets, this.sockets, this.pushes, this.robot, this.events, this.roster];
    for (const part of [...own, this.templates, this.shown, this.cards, this.notices, this.signIn, media, readers, switches]) part.wipe();
  }

  stop(): void {
    this.events.stop();
    this.pushes.stop();
    this.sockets.stop();
  }

  /** Every call by its host, method and path. */
  private table(): Readonly<Record<Host, WireTable>> {
    const both = [this.tokens, this.robot, this.signIn, new Contacts(this.parts, this.tokens), new Groups(this.parts, this.roster)];
    const tables = both.map((part) => part.apis());
    return {
      login: this.signIn.apis().login,
      api: Object.assign({}, ...tables.map(({ api }) => api), this.cards.apis(), {
        'POST v1.0/gateway/connections/open': {
          token: null,
          name: 'gateway/connections/open',
          run: (call) => this.tickets.open(call),
        },
      } satisfies WireTable),
      oapi: Object.assign({}, ...tables.map(({ oapi }) => oapi), this.notices.apis(), {
        'POST media/upload': { token: 'app', upload: true, run: (call) => this.parts.media.upload(call) },
      } satisfies WireTable),
    };
  }
}
