/** Everything people can want of work records, at random: mostly steps that there are, of records that there are. */
import fc from 'fast-check';
import type { CommandOf } from '../../../src/core/incident/commands';
import type { TextRef } from '../../../src/core/incident/events';
import { movesFrom } from '../../../src/core/incident/records/find';
import { KINDS, MOVES, type MoveId } from '../../../src/core/incident/records/kinds';
import type { RecordTo } from '../../../src/core/incident/records/record';
import { HOUR, MINUTE } from '../../../src/core/instant';
import { RECORD_KINDS, type RecordKind } from '../../../src/core/plans/schema/records';
import { words } from '../builders';
import { ago, chosen, even, idsOf, nth, often, said, term, why } from './draws';
import type { Seen, Want } from './wanted';

const KIND_IDS = Object.keys(RECORD_KINDS) as RecordKind[];
const MOVE_IDS = Object.keys(MOVES) as MoveId[];

const opening = fc.record({
  ...{ kind: nth, kept: often, right: often, words: said('record'), part: even, due: fc.option(term), to: nth, party: chosen },
  ...{ every: fc.constantFrom(HOUR, 2 * HOUR, null, MINUTE), value: fc.constantFrom(10, 4, 0), counted: often, before: ago, taken: even },
  ...{ about: chosen, ties: even, owners: fc.array(nth, { maxLength: 2 }), lineDue: term },
});
type Opening = typeof opening extends fc.Arbitrary<infer T> ? T : never;

export const OPEN_RECORD: fc.Arbitrary<Want<CommandOf<'OpenRecord'>>> = opening.map((of) => (seen) => {
  const { rules, roster, at } = seen;
  const among = of.kept && rules.pack.records.length > 0 ? rules.pack.records.map((row) => row.kind) : KIND_IDS;
  const kind = among[of.kind % among.length] ?? 'scheme';
  const people = [...roster.people.keys()];
  return {
    ...{ type: 'OpenRecord', kind, words: of.words, to: of.right ? addressee(seen, kind, of) : { kind: 'person', id: 'none' } },
    ...{ parts: partsIf(kind === 'opinion_sheet' && of.part), dueAt: of.due === null ? null : at + of.due },
    ...{ about: of.ties ? null : of.about(Object.keys(seen.state.records)), every: of.every, incoming: of.part, hash: null },
    ...{ amount: of.counted ? { value: of.value, unit: '顶' } : null, takenAt: of.taken ? at - of.before : null },
    division: of.owners.map((n) => ({ owner: people[n % people.length] ?? 'none', what: words('line'), dueAt: at + of.lineDue })),
  };
});

function partsIf(is: boolean): Readonly<Record<string, TextRef>> {
  return is ? { 热度: words('heat') } : {};
}

function addressee({ rules, roster }: Seen, kind: RecordKind, { to, party }: Opening): RecordTo | null {
  const people = [...roster.people.keys()];
  const person: RecordTo = { kind: 'person', id: people[to % people.length] ?? 'none' };
  const unit: RecordTo = { kind: 'party', id: party(idsOf(rules.pack.parties)) };
  switch (KINDS[kind].to) {
    case 'party':
      return unit;
    case 'county':
      return { kind: 'county', id: roster.counties[to % roster.counties.length]?.id ?? 'none' };
    case 'anybody':
      return to % 2 === 0 ? person : unit;
    case 'maybe':
      return to % 3 === 0 ? person : null;
    case 'nobody':
      return null;
  }
}

const entering = fc.record({
  ...{ record: chosen, newest: even, step: nth, right: often, words: said('entry'), late: why, told: even, before: ago },
  ...{ value: fc.constantFrom(10, 4, 2, 0), unit: often, counted: often, part: even },
});

export const ENTER_RECORD: fc.Arbitrary<Want<CommandOf<'EnterRecord'>>> = entering.map((of) => ({ state, at }) => {
  const all = Object.values(state.records);
  const movable = all.filter(({ kind, stage }) => movesFrom(kind, stage).length > 0);
  const ids = idsOf(movable.length > 0 ? movable : all);
  const record = state.records[of.newest ? (ids.at(-1) ?? 'none') : of.record(ids)];
  const steps = record === undefined || !of.right ? MOVE_IDS : movesFrom(record.kind, record.stage).map(({ id }) => id);
  return {
    ...{ type: 'EnterRecord', record: record?.id ?? 'none', move: steps[of.step % steps.length] ?? 'answer', words: of.words },
    ...{ parts: partsIf(of.part), doneAt: of.told ? at - of.before : null, about: null, lateReason: of.late },
    amount: of.counted ? { value: of.value, unit: of.unit ? '顶' : '件' } : null,
  };
});
