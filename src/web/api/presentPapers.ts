/** Papers of an incident as the API shows them: where each stands, who passed it, to whom it went; one of them whole, with its versions and what changed. */
import type { TextRef } from '../../core/incident/events';
import { chainOf, rolesAt, stepWaited } from '../../core/incident/papers/chain';
import { paperName, papersInOrder, standsAt } from '../../core/incident/papers/find';
import { CHAIN_ACTS, type Paper, type Sending } from '../../core/incident/papers/paper';
import type { IncidentState } from '../../core/incident/state';
import { differencesOf, wordsOf } from '../../core/papers/differences';
import { type PaperDraft, textOf } from '../../core/papers/draft';
import type { OfficialPaper } from '../../core/papers/official';
import { tracedBody } from '../../core/papers/officialPaper';
import type { Rulebook } from '../../core/plans/rulebook';
import { maskedWords } from '../../core/privacy/mask';
import { iso, isoOrNull } from './iso';

/** Words by their reference; null where they are gone. */
type Words = (ref: TextRef | null) => string | null;

/** In the order of their numbers. `texts`: words of the vault. */
export function presentPapers(state: IncidentState, rules: Rulebook, texts: ReadonlyMap<string, string>) {
  return papersInOrder(state).map((paper) => presentPaper(state, rules, paper, wordsIn(texts)));
}

function wordsIn(texts: ReadonlyMap<string, string>): Words {
  return (ref) => {
    const words = ref === null ? undefined : texts.get(ref.id);
    return words === undefined ? null : maskedWords(words);
  };
}

function presentPaper(state: IncidentState, rules: Rulebook, paper: Paper, words: Words) {
  const { id, n, kind, serial, by, stage, path, number, frozen, corrects } = paper;
  const chain = chainOf(rules, state, paper);
  return {
    ...{ id, n, kind, kindZh: paperName(paper), serial, by, stage, stageZh: standsAt(rules, state, paper), path, number },
    version: paper.versions.at(-1)?.version ?? 1,
    corrects: corrects === null ? null : (state.papers[corrects]?.n ?? null),
    waitsFor: stepWaited(rules, state, paper),
    owner: turnOf(paper),
    chain: {
      ...{ id: chain.id, zh: chain.zh },
      steps: CHAIN_ACTS.flatMap((act) => {
        const done = paper.steps.find((step) => step.act === act);
        const roles = rolesAt(chain, act);
        return roles.length === 0 ? [] : [{ act, roles, by: done?.by ?? null, at: isoOrNull(done?.at ?? null), oral: done?.oral ?? null }];
      }),
    },
    remarks: paper.remarks.map((remark) => ({ at: iso(remark.at), by: remark.by, back: remark.back, words: words(remark.text) })),
    sendings: paper.sendings.map((sending) => presentSending(rules, sending, words)),
    frozen: frozen === null ? null : { hash: frozen.hash, file: frozen.file },
  };
}

function turnOf({ turns }: Paper): string | null {
  const turn = turns.at(-1);
  return turn === undefined || turn.doneAt !== null ? null : turn.owner;
}

function presentSending({ pack }: Rulebook, { id, to, as, way, sentAt, by, receipt }: Sending, words: Words) {
  return {
    ...{ id, to, line: to.kind === 'party' ? (pack.parties.find((party) => party.id === to.id)?.line ?? null) : null, as, way },
    ...{ sentAt: iso(sentAt), by },
    receipt: receipt === null ? null : { receivedAt: iso(receipt.receivedAt), by: receipt.by, who: words(receipt.who) },
  };
}

/** What one paper whole is made of. */
export interface WholePaper {
  readonly paper: Paper;
  readonly texts: ReadonlyMap<string, string>;
  /** The earlier version it is compared with; null: the one before the last. */
  readonly against: number | null;
  /** As it is laid out, from its draft. */
  readonly officialOf: (draft: PaperDraft) => OfficialPaper;
}

/** One paper whole: the text in force with where each piece comes from, as it will be printed, who wrote which version, and what changed since an earlier one. */
export function presentPaperWhole(state: IncidentState, rules: Rulebook, { paper, texts, against, officialOf }: WholePaper) {
  const [before, now] = [earlierOf(paper, against), paper.versions.at(-1)].map((version) => draftOf(version?.content, texts));
  return {
    ...presentPaper(state, rules, paper, wordsIn(texts)),
    content: now ? presentDraft(now) : null,
    printed: now ? presentPrinted(now, officialOf(now)) : null,
    versions: paper.versions.map(({ version, at, by }) => ({ version, at: iso(at), by })),
    differences: before && now ? differencesOf(before, now) : [],
  };
}

function earlierOf({ versions }: Paper, against: number | null): Paper['versions'][number] | undefined {
  return against === null ? versions.at(-2) : versions.find(({ version }) => version === against);
}

function presentPrinted(draft: PaperDraft, { form, masthead, number, signer, title, to, organ, date, note, copies }: OfficialPaper) {
  return { form: form ?? 'document', masthead, number, signer, title, to, body: tracedBody(draft.items), organ, date, note, copies };
}

/** Vault ids of what one paper whole shows. */
export function wholeTexts(paper: Paper, against: number | null): readonly string[] {
  const earlier = earlierOf(paper, against);
  return [...paperTexts([paper]), ...(earlier === undefined ? [] : [earlier.content.id])];
}

/** Vault ids of the text in force, and of what was said of it. */
export function paperTexts(papers: readonly Paper[]): readonly string[] {
  return papers.flatMap(({ versions, remarks, sendings }) => [
    ...versions.slice(-1).map(({ content }) => content.id),
    ...paperWords([{ remarks, sendings }]),
  ]);
}

/** The same without the texts of the papers themselves. */
export function paperWords(papers: readonly Pick<Paper, 'remarks' | 'sendings'>[]): readonly string[] {
  return papers.flatMap(({ remarks, sendings }) => [
    ...remarks.map(({ text }) => text.id),
    ...sendings.flatMap(({ receipt }) => (receipt === null ? [] : [receipt.who.id])),
  ]);
}

/** The draft behind a reference; null once its words are destroyed. */
export function draftOf(ref: TextRef | undefined, texts: ReadonlyMap<string, string>): PaperDraft | null {
  const stored = ref === undefined ? undefined : texts.get(ref.id);
  return stored === undefined ? null : (JSON.parse(stored) as PaperDraft);
}

/** The text of a draft, element by element. */
export function presentDraft({ title, audience, to, copies, items, warnings, note }: PaperDraft) {
  return {
    ...{ title, audience, to, copies, warnings, note: textOf(note) },
    items: items.map((item) => {
      const { key, heading, section, required, lines, table } = item;
      return { key, heading, section, required, text: wordsOf(item), lines, table };
    }),
  };
}
