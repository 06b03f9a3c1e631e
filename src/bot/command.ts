/** From a verb and its argument to a command of the core. */

import type { Suggestion } from '../core/grading/suggest';
import type { IncidentCommand } from '../core/incident/commands';
import { type Refusal, refuse } from '../core/incident/refusal';
import { levelNamed, type Rulebook } from '../core/plans/rulebook';
import { maskedPhone } from '../core/privacy/mask';
import type { Reading, ReportFields } from '../core/report/fields';
import { readReport } from '../core/report/read';
import type { VaultText } from '../ports/store';
import { keepWords, type Turn } from './turn';
import { helpOf, type Verb } from './verbs';

export interface Built {
  readonly is: 'built';
  readonly command: IncidentCommand;
  readonly texts: readonly VaultText[];
}

/** Verbs that act on one known incident. */
export type IncidentVerb = Exclude<Verb, 'report' | 'confirm' | 'status' | 'list' | 'help'>;

export interface Wanted {
  readonly verb: IncidentVerb;
  readonly rest: string;
  readonly call: number | null;
  readonly via: 'text' | 'click';
  /** The question this person has confirmed by code; null while nothing was asked. */
  readonly agreedTo: string | null;
}

/** Refuses `argument_missing` and `no_such_level` with what to type instead. */
export function buildCommand(turn: Turn, rules: Rulebook, wanted: Wanted, confirmed: boolean): Built | Refusal {
  switch (wanted.verb) {
    case 'supplement':
    case 'correct':
      return withWords(wanted, (words) => supplement(turn, wanted.verb === 'correct' ? 'correction' : 'supplement', words));
    case 'progress':
      return withWords(wanted, (words) => {
        const kept = keepWords(turn, 'progress', words);
        return { is: 'built', command: { type: 'ReportProgress', text: kept.ref }, texts: [kept.text] };
      });
    case 'acknowledge':
      return { is: 'built', command: { type: 'Acknowledge', call: wanted.call, via: wanted.via }, texts: [] };
    case 'activate':
      return { is: 'built', command: { type: 'ActivateResponse', confirmed }, texts: [] };
    case 'terminate':
      return reasoned(turn, wanted.rest, (reason) => ({ type: 'TerminateResponse', reason, confirmed }));
    case 'set_level':
    case 'change_level':
      return levelled(turn, rules, wanted, confirmed);
    default:
      return wanted.verb satisfies never;
  }
}

function withWords(wanted: Wanted, build: (words: string) => Built): Built | Refusal {
  return wanted.rest === '' ? refuse('argument_missing', '请写明内容。', helpOf(wanted.verb)) : build(wanted.rest);
}

/** A first report, as it was read and with what is suggested; its words are kept. */
export function report(turn: Turn, words: string, reading: Reading, suggestion: Suggestion, n: number): Built {
  const kept = keepWords(turn, 'report', words);
  const { facts } = reading;
  const fields = withoutPhone(reading.fields);
  return {
    is: 'built',
    command: {
      type: 'ReportIncident',
      n,
      receivedAt: turn.heardAt,
      text: kept.ref,
      fields,
      facts,
      suggestion,
    },
    texts: [kept.text],
  };
}

/** A telephone number stays in the vault with the words it stands in: the record keeps where it is, and its mask. */
function withoutPhone(fields: ReportFields): ReportFields {
  const phone = fields.contactPhone;
  return phone === null ? fields : { ...fields, contactPhone: { ...phone, value: maskedPhone(phone.value) } };
}

/** New facts for a known incident; what it is about and how it became known stays as first told. */
function supplement(turn: Turn, how: 'supplement' | 'correction', words: string): Built {
  const { fields, facts } = readReport(words, turn.heardAt, turn.roster, 'report');
  const kept = keepWords(turn, how, words);
  return {
    is: 'built',
    command: { type: 'SupplementIncident', how, text: kept.ref, fields: { ...withoutPhone(fields), cause: null, source: null }, facts },
    texts: [kept.text],
  };
}

function levelled(turn: Turn, rules: Rulebook, wanted: Wanted, confirmed: boolean): Built | Refusal {
  const level = wordsOfLevel(rules, wanted.rest);
  if (level === null && rules.pack.level_scheme !== 'none')
    return refuse(
      'no_such_level',
      '没有读出级别。',
      `可用级别：${rules.pack.levels.map((l) => l.sign).join('、')}。${helpOf(wanted.verb)}`,
    );
  const rank = level?.rank ?? 0;
  const type = wanted.verb === 'set_level' ? ('SetLevel' as const) : ('ChangeLevel' as const);
  return reasoned(turn, level?.rest ?? '', (reason) => ({ type, rank, reason, confirmed }));
}

/** The longest level word at the front, and what follows it as typed. */
function wordsOfLevel(rules: Rulebook, rest: string): { readonly rank: number; readonly rest: string } | null {
  for (let length = Math.min(rest.length, LONGEST_LEVEL_WORD); length > 0; length--) {
    const word = rest.slice(0, length);
    const level = levelNamed(rules, word) ?? levelNamed(rules, word.normalize('NFKC'));
    if (level !== null) return { rank: level.rank, rest: rest.slice(length).replace(/^[\s,，。:：;；、]+/u, '') };
  }
  return null;
}

const LONGEST_LEVEL_WORD = 12;

function reasoned(turn: Turn, words: string, command: (reason: { id: string; commitment: string } | null) => IncidentCommand): Built {
  if (words === '') return { is: 'built', command: command(null), texts: [] };
  const kept = keepWords(turn, 'reason', words);
  return { is: 'built', command: command(kept.ref), texts: [kept.text] };
}
