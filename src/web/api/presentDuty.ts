/** The duty room's papers as the API shows them: ids and moments, and the words people wrote while they are kept. */
import { DID_ZH, DUTY_DID_ZH } from '../../core/duty/didZh';
import type { HandoverSheet, Swap } from '../../core/duty/events';
import type { ShownEntry } from '../../core/duty/shown';
import type { DutyState } from '../../core/duty/state';
import { iso, isoOrNull } from './iso';

type Texts = ReadonlyMap<string, string>;

/** Every text that swaps and sheet of a shift refer to. */
export function textsIn({ swaps, sheet }: DutyState): readonly string[] {
  const written = sheet === null ? [] : [sheet.documents, sheet.equipment, sheet.notes];
  return [...Object.values(swaps).map(({ reason }) => reason.id), ...written.flatMap((ref) => ref?.id ?? [])];
}

/** A purged reason is null. */
export function presentSwap({ id, proposer, other, role, mine, theirs, reason, stage }: Swap, texts: Texts) {
  return { ...{ id, proposer, other, role, stage, mine: iso(mine), theirs: isoOrNull(theirs) }, reason: texts.get(reason.id) ?? null };
}

/** What was not written is null, as is what was erased since. */
export function presentSheet({ to, until, obligations, own, documents, equipment, notes }: HandoverSheet, texts: Texts) {
  const words = (ref: HandoverSheet['notes']): string | null => (ref === null ? null : (texts.get(ref.id) ?? null));
  return {
    ...{ to, until: isoOrNull(until), own },
    obligations: obligations.map((one) => ({ ...one, dueAt: iso(one.dueAt) })),
    ...{ documents: words(documents), equipment: words(equipment), notes: words(notes) },
  };
}

/** An entry by hand has a number and its words; everything else says what was done. */
export function presentEntry(entry: ShownEntry, texts: Texts) {
  const at = { at: iso(entry.at), by: entry.by };
  if ('did' in entry) return { ...at, entry: null, text: null, incident: entry.incident, corrects: null, did: zhOf(DID_ZH, entry.did) };
  if ('duty' in entry) return { ...at, entry: null, text: null, incident: null, corrects: null, did: zhOf(DUTY_DID_ZH, entry.duty) };
  const { entry: number, text, incident, corrects } = entry;
  return { ...at, entry: number, text: texts.get(text.id) ?? null, incident, corrects, did: null };
}

function zhOf(words: Readonly<Record<string, string>>, type: string): string {
  return words[type] ?? type;
}
