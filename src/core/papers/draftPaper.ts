/** `draftPaper(kind, record, context) -> PaperDraft`: a paper from the record alone. Pure, never throws, invents nothing; may run twice. */
import type { PaperKind } from '../plans/schema/papers';
import { type Brief, dutyOf, type Filled, incidentOf } from './brief';
import type { Line, PaperDraft, PaperItem } from './draft';
import { contactLine } from './elements/asked';
import { levelInForce } from './elements/response';
import { DUTY_FILLERS, HAND, INCIDENT_FILLERS } from './fillers';
import { joint, numberOf, say } from './parts';
import { recipientsOf } from './recipients';
import type { EarlierPaper, PaperContext, PaperRecord } from './record';
import { issueOf, serialOf, titleOf } from './title';
import { warningsOf } from './warnings';
import type { PaperElement, PaperForm } from './wording';

/**
 * The draft of one kind, element by element in the order of the office's data. What the record does not tell is written 正在核实 or 无
 * where the element is required, and left out where it is not. Words of people (`ctx.hand`) stand in the place of the record's.
 */
export function draftPaper(kind: PaperKind, record: PaperRecord, ctx: PaperContext): PaperDraft {
  const brief: Brief = { kind, form: ctx.wording.kinds[kind], record, ctx, since: goesOnFrom(ctx) };
  const incident = incidentOf(brief);
  const items = brief.form.sections.flatMap((section) => section.elements.map((element) => itemOf(brief, section, element)));
  const draft: PaperDraft = {
    kind,
    form: brief.form.form,
    masthead: brief.form.masthead ?? null,
    issue: issueOf(brief),
    serial: serialOf(brief),
    title: titleOf(brief),
    audience: brief.form.audience,
    ...recipientsOf(brief),
    items,
    warnings: [],
    incident: incident === null ? null : incident.record.state.n,
    level: incident === null || ctx.rules.pack.level_scheme === 'none' ? null : levelInForce(incident),
    about: ctx.about,
    drafter: ctx.drafter,
    at: ctx.now,
    version: record.events.at(-1)?.version ?? 0,
    note: noteOf(brief),
  };
  return { ...draft, warnings: warningsOf(brief, draft) };
}

/** The same draft after people changed it, with its warnings as they are now. Pure; may run twice. */
export function rechecked(draft: PaperDraft, record: PaperRecord, ctx: PaperContext): PaperDraft {
  const brief: Brief = { kind: draft.kind, form: ctx.wording.kinds[draft.kind], record, ctx, since: goesOnFrom(ctx) };
  return { ...draft, warnings: warningsOf(brief, draft) };
}

/** The paper it is about, as a correction is; else the last one sent that tells how matters stand: what it told is not told again. */
function goesOnFrom({ earlier, wording, about }: PaperContext): EarlierPaper | null {
  const meant = earlier.find(({ id }) => id === about);
  if (meant !== undefined) return meant;
  const sent = earlier.filter(({ draft, sentAt }) => sentAt !== null && wording.kinds[draft.kind].follows);
  return sent.reduce<EarlierPaper | null>(
    (last, paper) => (last === null || paper.draft.version >= last.draft.version ? paper : last),
    null,
  );
}

function itemOf(brief: Brief, section: PaperForm['sections'][number], element: PaperElement): PaperItem {
  const { key, heading, required, empty } = element;
  const filled = filledBy(brief, element);
  const lines = 'columns' in filled ? [] : filled;
  const table = 'columns' in filled ? filled : null;
  const silent = lines.length === 0 && table === null;
  const word: Line = [{ text: brief.ctx.wording[empty], from: { is: empty } }];
  const place = { key, heading, section: section.heading ?? null, flow: section.flow, required };
  return { ...place, lines: silent && required ? [word] : lines, table };
}

/** By a person where one wrote it, else from the record the paper is drafted from. */
function filledBy(brief: Brief, { key, fill, of }: PaperElement): Filled {
  const hand = brief.ctx.hand[key];
  if (hand !== undefined) return hand.text.split('\n').map((text) => [{ text, from: { is: 'hand', by: hand.by } }]);
  if (fill === HAND) return [];
  const incident = incidentOf(brief);
  if (incident !== null) return INCIDENT_FILLERS[fill]?.(incident, of ?? null) ?? [];
  const duty = dutyOf(brief);
  return duty === null ? [] : (DUTY_FILLERS[fill]?.(duty, of ?? null) ?? []);
}

/** 附注: number of the incident and who can be asked. */
function noteOf(brief: Brief): Line {
  const contact = say`联系人：${contactLine(brief)}`;
  const incident = incidentOf(brief);
  return incident === null ? contact : [...say`事件编号：${numberOf(incident.record.state.n)}`, joint('；'), ...contact];
}
