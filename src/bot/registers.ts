/** 台账: the list, a new entry, or an act on the entry whose number stands in front. */
import { refuse } from '../core/incident/refusal';
import { isShort } from '../core/register/state';
import { kindOf } from '../core/register/times';
import { enterEntry, keptEntries } from '../handlers/register';
import type { InboxOutcome } from '../ports/inbox';
import { act } from './act';
import { trimmed } from './arguments/spaces';
import type { ShownRegisters } from './reply';
import { answer, type Turn } from './turn';
import { enteredAs } from './verbs/register';

export async function onRegisters(turn: Turn, rest: string): Promise<InboxOutcome> {
  if (rest === '') return answer(turn, await shownRegisters(turn));
  const numbered = /^(?:第)?(\d{1,6})(?:项|号)?(?=$|[\s,，:：]|检查|变更|销号)/u.exec(rest.normalize('NFKC'));
  if (numbered?.[1] === undefined) return enter(turn, rest);
  const stream = await turn.tx.streamByN('register', Number(numbered[1]), 'real');
  if (stream === null) return answer(turn, refuse('no_item', '没有这一项台账。', '台账'));
  const behind = trimmed(rest.normalize('NFKC').slice(numbered[0].length));
  return act(turn, stream, { verb: 'register', rest: behind, call: null, via: 'text', agreedTo: null });
}

async function enter(turn: Turn, rest: string): Promise<InboxOutcome> {
  const { tx, deps, item, at, actor, origin, seed } = turn;
  const [rules] = deps.rulebooks.current;
  if (rules === undefined) throw new Error('no plan pack is loaded');
  const read = enteredAs(turn, rules, trimmed(rest.replace(/^登记/u, '')));
  if (read.is === 'refusal') return answer(turn, read);
  const cause = { kind: 'inbox' as const, id: item.id };
  const done = await enterEntry(tx, deps, rules, { said: { actor, at, seed }, entered: read.command, cause, texts: read.texts, origin });
  if (done.is === 'refusal') return answer(turn, done);
  if (done.is === 'confirm') throw new Error('an entry asks nothing');
  return { state: 'handled', outcome: 'executed', stream: done.stream, version: done.version };
}

/** Everything that is kept, the next to be checked first; its words by reference. */
async function shownRegisters({ tx, deps }: Turn): Promise<ShownRegisters> {
  const kept = await keptEntries(tx);
  const entries = await Promise.all(
    kept.map(async ({ state, rulebook }) => {
      const rules = await deps.rulebooks.of(tx, rulebook);
      const { n, title, owner, amount, reviews } = state;
      const kindZh = kindOf(rules, state.kind)?.zh ?? state.kind;
      return { n, kindZh, title, owner, dueAt: reviews.at(-1)?.dueAt ?? null, short: isShort(amount, null) };
    }),
  );
  return {
    is: 'registers',
    entries: entries.sort((a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY)),
  };
}
