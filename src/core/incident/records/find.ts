/** Work records as people and clocks look for them: by kind and number, by the deadline that rings, by what they still wait for. */
import { RECORD_DUE, type Rulebook } from '../../plans/rulebook';
import { RECORD_KINDS, type RecordKind } from '../../plans/schema/records';
import type { IncidentState } from '../state';
import { KINDS, MOVES, type Move, type MoveId, type Stage } from './kinds';
import type { WorkRecord } from './record';

/** All of one kind, by their numbers; a stored state comes back with its keys in another order. */
export function recordsOf({ records }: Pick<IncidentState, 'records'>, kind: RecordKind): readonly WorkRecord[] {
  return Object.values(records)
    .filter((record) => record.kind === kind)
    .sort((a, b) => a.n - b.n);
}

/** In the order in which they were opened. */
export function recordsInOrder({ records }: Pick<IncidentState, 'records'>): readonly WorkRecord[] {
  return Object.values(records).sort((a, b) => a.version - b.version);
}

/** Is something still owed of it? */
export function isOpen({ kind, stage }: Pick<WorkRecord, 'kind' | 'stage'>): boolean {
  return KINDS[kind].open.includes(stage);
}

/** 督办第2号. */
export function titleOf({ kind, n }: Pick<WorkRecord, 'kind' | 'n'>): string {
  return `${RECORD_KINDS[kind]}第${n}号`;
}

/** The plan's row of a kind; undefined where it keeps none. */
export function ruleOf({ pack }: Pick<Rulebook, 'pack'>, kind: RecordKind): Rulebook['pack']['records'][number] | undefined {
  return pack.records.find((row) => row.kind === kind);
}

/** The step of a kind's life; undefined where it has no such step. */
export function moveOf(kind: RecordKind, id: MoveId): Move | undefined {
  return KINDS[kind].moves.find((move) => move.id === id);
}

/** Steps that may be taken at a stage. */
export function movesFrom(kind: RecordKind, stage: Stage): readonly Move[] {
  return KINDS[kind].moves.filter((move) => move.from.includes(stage));
}

/** What is typed for the next step: `#1 督办 2 答复〔内容〕`. */
export function typedNext({ n }: Pick<IncidentState, 'n'>, record: Pick<WorkRecord, 'kind' | 'n' | 'stage'>): string {
  const head = `#${n} ${RECORD_KINDS[record.kind]} ${record.n}`;
  const [next] = movesFrom(record.kind, record.stage);
  if (next === undefined) return `#${n} ${RECORD_KINDS[record.kind]}`;
  const content = record.kind === 'goods' ? '〔数量〕' : next.words === null && !next.minute ? '' : '〔内容〕';
  return `${head} ${MOVES[next.id]}${content}`;
}

/** Deadline key of a record; of one that comes back, of the stretch that runs. */
export function recordKey({ pack }: Pick<Rulebook, 'pack'>, record: Pick<WorkRecord, 'id' | 'kind' | 'every'>, period: number): string {
  const key = `${ruleOf({ pack }, record.kind)?.due ?? RECORD_DUE}:${record.id}`;
  return record.every === null ? key : `${key}:${period}`;
}

/** The record behind a deadline, or null. */
export function recordBehind({ records }: Pick<IncidentState, 'records'>, key: string): WorkRecord | null {
  return records[key.split(':')[1] ?? ''] ?? null;
}
