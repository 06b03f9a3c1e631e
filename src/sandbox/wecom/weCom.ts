/** One enterprise of the local WeCom: the wire towards the bot on one side, people who talk and press buttons on the other. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Acts } from './acts';
import { accepted } from './answers';
import { SelfBuiltApp } from './app/selfBuiltApp';
import { Contacts } from './contacts/contactApis';
import { SignIn } from './contacts/signIn';
import { mediaApis } from './mediaApis';
import type { CorpParts } from './parts';
import { Robot } from './robot/robot';
import type { RobotSockets } from './robot/sockets';
import { Tokens } from './tokens';
import { Webhooks } from './webhook';
import { ApiLimits, serveWire, type WireApi } from './wire';

/** One enterprise with one robot, two apps, the contact-sync secret and a webhook for every group. */
export class WeCom {
  readonly acts: Acts;
  readonly app: SelfBuiltApp;
  readonly robot: Robot;
  private readonly tokens: Tokens;
  private readonly contacts: Contacts;
  private readonly signIn: SignIn;
  private readonly webhooks: Webhooks;
  private readonly limits = new ApiLimits();
  private readonly apis: Readonly<Record<string, WireApi>>;

  constructor(
    private readonly parts: CorpParts,
    elsewhere: (botId: string) => RobotSockets | undefined,
  ) {
    this.tokens = new Tokens(parts.world, parts.now);
    this.contacts = new Contacts(parts);
    this.signIn = new SignIn(parts);
    this.webhooks = new Webhooks(parts);
    this.app = new SelfBuiltApp(parts);
    this.robot = new Robot(parts, elsewhere);
    this.acts = new Acts(parts, this.robot.ears, this.app.ears, this.robot.frames);
    this.apis = this.table();
  }

  /** The robot's id, by which a connection finds its enterprise. */
  get botId(): string {
    return this.parts.world.keys.robot.botId;
  }

  /** True when a request names something of this enterprise: its id, a token, a webhook, a code or a file given out here. */
  owns(url: URL): boolean {
    const { world } = this.parts;
    const { searchParams: query, pathname } = url;
    const corp = query.get('corpid') ?? query.get('appid');
    return (
      corp === world.keys.corpId ||
      this.tokens.knows(query.get('access_token') ?? '') ||
      world.roomByWebhookKey(query.get('key') ?? '') !== undefined ||
      this.robot.knows(pathname.slice(pathname.lastIndexOf('/') + 1), query.get('response_code') ?? '')
    );
  }

  /** Serves a request of the server API. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    const wire = { ...this.parts, tokens: this.tokens, apis: this.apis, limits: this.limits };
    serveWire(wire, request, response).catch(() => response.destroy());
  }

  /** Takes over a WebSocket upgrade as a robot connection. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.robot.sockets.upgrade(request, socket, head);
  }

  /** As on the first day: no tokens, windows, tickets, cards, groups, and only the greeted groups open. Connections and callback URLs stay. */
  wipe(): void {
    const own = [this.tokens, this.contacts, this.signIn, this.webhooks, this.app, this.robot, this.limits];
    const { cards, media, switches, world } = this.parts;
    for (const part of [...own, cards, media, switches]) part.wipe();
    world.dropMadeRooms();
  }

  stop(): void {
    this.app.ears.stop();
    this.robot.stop();
  }

  /** Every call of the server API by its name. */
  private table(): Readonly<Record<string, WireApi>> {
    return {
      gettoken: { method: 'GET', token: null, run: ({ query }) => this.tokens.issue(query.get('corpid'), query.get('corpsecret')) },
      getcallbackip: { method: 'GET', token: 'any', run: ownAddresses },
      get_api_domain_ip: { method: 'GET', token: 'any', run: ownAddresses },
      'webhook/send': { method: 'POST', token: null, run: (call) => this.webhooks.send(call) },
      ...mediaApis(this.parts),
      ...this.app.apis(),
      ...this.robot.apis(),
      ...this.contacts.apis(),
      ...this.signIn.apis(),
    };
  }
}

function ownAddresses() {
  return accepted({ ip_list: ['127.0.0.*'] });
}
