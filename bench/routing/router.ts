/** A process that finds the verb of each message: by the one tree of this program, or by the listeners of Hubot, one a verb. */
import { parse } from '../../src/bot/verbs/parse';
import { VERBS } from '../../src/bot/verbs/table';
import { answerParent } from '../child';
import { loadPeer } from '../peers';
import { escaped, typedMessages } from './messages';

/** `early`: a listener that has matched ends the search, the best that Hubot can do; `all`: as it comes, every listener is asked. */
export type Routing = 'fenghuo' | 'early' | 'all';

export interface Routed {
  readonly seconds: number;
  readonly messages: number;
  /** Messages that led to their verb, or to none where they are free text. */
  readonly right: number;
}

/** As far as it is used here. */
interface Hubot {
  readonly Robot: new (adapter: string, httpd: boolean, name: string) => Robot;
  readonly User: new (id: string, options: { readonly room: string }) => unknown;
  readonly TextMessage: new (user: unknown, text: string, id: string) => unknown;
}
interface Robot {
  readonly logger: { level: string };
  hear(regex: RegExp, heard: (response: { finish(): void }) => void): void;
  receive(message: unknown): Promise<unknown>;
}

const messages = typedMessages();
const ways: Readonly<Record<Routing, () => (text: string) => Promise<string | null> | string | null>> = {
  fenghuo: () => (text) => parse(text).verb,
  early: () => hubot(true),
  all: () => hubot(false),
};

answerParent<number, Routed>(async (count) => {
  const route = ways[process.env.BENCH_WAY as Routing]();
  let right = 0;
  const begun = performance.now();
  for (let done = 0; done < count; done++) {
    const { text, verb } = messages[done % messages.length] ?? { text: '', verb: null };
    const found = route(text);
    if ((found instanceof Promise ? await found : found) === verb) right += 1;
  }
  return { seconds: (performance.now() - begun) / 1000, messages: count, right };
});

/** As many listeners as there are verbs; each knows the words of its row, the number in front and what may follow, but no dictation and no courtesy. */
function hubot(early: boolean): (text: string) => Promise<string | null> {
  const { Robot, User, TextMessage } = loadPeer<Hubot>('hubot');
  const robot = new Robot('none', false, 'bot');
  robot.logger.level = 'silent';
  let found: string | null = null;
  for (const { verb, words, glued } of VERBS) {
    const follows = glued === null ? '' : `|${glued.source.replace(/^\^/, '')}`;
    const said = words.map(escaped).sort((a, b) => b.length - a.length);
    robot.hear(
      new RegExp(`^(?:[#＃]\\s?([0-9０-９]{1,6})\\s*)?(?:${said.join('|')})(?=$|[\\s,，。.:：!！?？;；、~～]${follows})`, 'u'),
      (response) => {
        found ??= verb;
        if (early) response.finish();
      },
    );
  }
  const user = new User('1', { room: 'duty' });
  let id = 0;
  return async (text) => {
    found = null;
    id += 1;
    await robot.receive(new TextMessage(user, text, String(id)));
    return found;
  };
}
