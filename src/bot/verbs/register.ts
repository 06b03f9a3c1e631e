/** 台账 as it is typed: a new entry, and 检查, 变更, 销号 of a known one. */
import { type Refusal, refuse } from '../../core/incident/refusal';
import type { Rulebook } from '../../core/plans/rulebook';
import type { RegisterCommand } from '../../core/register/commands';
import type { Amount } from '../../core/register/events';
import type { RegisterState } from '../../core/register/state';
import { groundsOf, kindOf } from '../../core/register/times';
import type { Entered } from '../../handlers/register';
import { dayAt, endOf } from '../arguments/day';
import { namedAt } from '../arguments/named';
import { mentionedIn } from '../arguments/person';
import { firstWord, trimmed } from '../arguments/spaces';
import { keepWords, type Turn } from '../turn';
import { type Built, built, worded } from './row';

const ENTER = '台账〔种类〕〔内容〕〔@责任人〕〔数量 50套 最低30〕〔下次 11月30日〕';

/** What was typed about one entry. */
export interface EntrySaid {
  readonly turn: Turn;
  readonly state: RegisterState;
  readonly rest: string;
  readonly confirmed: boolean;
}

/** A new entry. Refuses `no_such_kind`, `which_person`; without an @ the writer himself is responsible. */
export function enteredAs(turn: Turn, rules: Rulebook, rest: string): Built<Entered> | Refusal {
  const kinds = rules.profile.register;
  const named = namedAt(kinds, rest);
  const kind = named === null ? null : kindOf(rules, named.found.id);
  if (named === null || kind === null)
    return refuse('no_such_kind', '没有读出是哪一种台账。', `可选：${kinds.map(({ zh }) => zh).join('、')}。${ENTER}`);
  const about = namedAt(groundsOf(rules, kind), named.rest);
  const owner = mentionedIn(turn.roster, about?.rest ?? named.rest, ENTER);
  if (owner?.is === 'refusal') return owner;
  const person = owner?.person ?? turn.person;
  if (person === null) return refuse('unknown_person', '通讯录里没有您的账号，不能办理。', '请联系应急办登记');
  const parts = partsOf(owner?.rest ?? about?.rest ?? named.rest, turn.heardAt);
  return worded({ turn }, 'register', parts.words, (title) => ({
    type: 'EnterItem',
    kind: kind.id,
    about: about?.found.id ?? null,
    title,
    owner: person,
    county: null,
    amount: parts.amount,
    incident: parts.incident,
    nextAt: parts.nextAt,
  }));
}

/** Refuses `argument_missing` and what the reading of its parts refuses. */
export function entryCommand(said: EntrySaid): Built<RegisterCommand> | Refusal {
  const { word, rest } = firstWord(said.rest);
  const { confirmed } = said;
  if (word === '检查') return checked(said, rest);
  if (word === '变更') return changed(said, rest);
  if (word === '销号') return worded(said, 'reason', rest, (reason) => ({ type: 'CloseItem', reason, confirmed }));
  const { n } = said.state;
  return refuse(
    'argument_missing',
    '请写明要检查、变更还是销号。',
    `台账 ${n} 检查〔情况〕，台账 ${n} 变更〔内容〕理由：…，台账 ${n} 销号〔理由〕`,
  );
}

/** In order unless the first words say otherwise. */
function checked(said: EntrySaid, rest: string): Built<RegisterCommand> {
  const { words, amount, nextAt } = partsOf(rest, said.turn.heardAt);
  const inOrder = !/^(?:有问题|不正常|异常|不合格|损坏|过期|短缺)/u.test(words);
  return worded(said, 'register', words, (text) => ({ type: 'CheckItem', inOrder, amount: amount?.value ?? null, text, nextAt }));
}

/** What is changed stands in front of 理由; words without a label are the new content. */
function changed(said: EntrySaid, rest: string): Built<RegisterCommand> | Refusal {
  const { turn, state } = said;
  const [what = '', why = ''] = rest.split(/理由\s*[:：]?\s*/u);
  const owner = mentionedIn(turn.roster, what, `台账 ${state.n} 变更〔@责任人〕理由：…`);
  if (owner?.is === 'refusal') return owner;
  const { words, amount, nextAt } = partsOf(owner?.rest ?? what, turn.heardAt);
  const title = words === '' ? null : keepWords(turn, 'register', words);
  const reason = why.trim() === '' ? null : keepWords(turn, 'reason', why.trim());
  return built(
    {
      type: 'ChangeItem',
      title: title?.ref ?? null,
      owner: owner?.person ?? null,
      amount: amount === null ? null : { ...amount, minimum: amount.minimum ?? state.amount?.minimum ?? null },
      nextAt,
      reason: reason?.ref ?? null,
    },
    [title, reason].flatMap((one) => (one === null ? [] : [one.text])),
  );
}

interface Parts {
  readonly amount: Amount | null;
  readonly nextAt: number | null;
  readonly incident: number | null;
  /** What is left. */
  readonly words: string;
}

const AMOUNT =
  /数量\s*(?<value>\d{1,9}(?:\.\d{1,3})?)\s*(?<unit>[^\s\d,，。;；]{0,4})(?:[\s,，]*最低\s*(?<minimum>\d{1,9}(?:\.\d{1,3})?)[^\s\d,，。;；]{0,4})?/u;
const NEXT = /(?:下次|复查)(?:检查)?(?:日期)?[\s:：]*/u;
const INCIDENT = /[#＃](\d{1,6})(?!\d)/u;

/** 数量 50套 最低30, 下次 11月30日, #12, wherever they stand. */
function partsOf(rest: string, now: number): Parts {
  const text = rest.normalize('NFKC');
  const found = AMOUNT.exec(text)?.groups;
  const without = text.replace(AMOUNT, ' ');
  const next = NEXT.exec(without);
  const day = next === null ? null : dayAt(trimmed(without.slice(next.index + next[0].length)), now);
  const words = next === null || day === null ? without : `${without.slice(0, next.index)} ${day.rest}`;
  const incident = INCIDENT.exec(words)?.[1];
  return {
    amount:
      found === undefined
        ? null
        : { value: Number(found.value), minimum: found.minimum === undefined ? null : Number(found.minimum), unit: found.unit || '件' },
    nextAt: day === null ? null : endOf(day.date),
    incident: incident === undefined ? null : Number(incident),
    words: trimmed(words.replace(INCIDENT, ' ').replace(/\s+/gu, ' ')),
  };
}
