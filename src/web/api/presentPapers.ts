/** Papers of an incident as the API shows them: where each stands, who passed it, to whom it went; one of them whole, with its versions and what changed. */
import type { TextRef } from '../../core/incident/events';

import { chainOf, rolesAt, stepWaited } from '../../core/incident/papers/chain';
import { paperName, papersInOrder, standsAt } from '../../core/incident/papers/find';
import { CHAIN_ACTS, type Paper, type Sending } from '../../core/incident/papers/paper';
import type { IncidentState } from '../../core/incident/state';
import { differencesOf, wordsOf } from '../../core/papers/differences';
import { type PaperDraft, textOf } from '../../core/papers/draft';
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

/** One paper whole: the text in force with where each piece comes from, who wrote which version, and the last change element by element. */
export function presentPaperWhole(state: IncidentState, rules: Rulebook, paper: Paper, texts: ReadonlyMap<string, string>) {
  const [before, now] = [draftOf(paper.versions.at(-2)?.content, texts), draftOf(paper.versions.at(-1)?.content, texts)];
  return {
    ...presentPaper(state, rules, paper, wordsIn(texts)),
    content: now === null ? null : presentDraft(now),
    versions: paper.versions.map(({ version, at, by }) => ({ version, at: iso(at), by })),
    differences: before === null || now === null ? [] : differencesOf(before, now),
  };
}

/** Vault ids of what the two show. */
export function paperTexts(papers: readonly Paper[]): readonly string[] {
  return papers.flatMap(({ versions, remarks, sendings }) => [
    ...versions.slice(-2).map(({ content }) => content.id),
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
