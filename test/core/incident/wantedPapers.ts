/** Everything people can want of papers, at random: mostly the step that a paper waits for. */
import fc from 'fast-check';
import type { CommandOf, PaperCommand } from '../../../src/core/incident/commands';
import { stepWaited } from '../../../src/core/incident/papers/chain';
import { papersInOrder } from '../../../src/core/incident/papers/find';
import { type Paper, type PaperStage, type SendingWay, WAYS } from '../../../src/core/incident/papers/paper';
import type { RecordTo } from '../../../src/core/incident/records/record';
import { MINUTE } from '../../../src/core/instant';
import type { PaperKind } from '../../../src/core/plans/schema/papers';
import { ago, chosen, even, idsOf, nth, often, said, why } from './draws';
import type { Seen, Want } from './wanted';

const KINDS: readonly PaperKind[] = ['first_report', 'progress_report', 'final_report', 'activation_notice', 'public_notice', 'correction'];
const WAY_IDS = Object.keys(WAYS) as SendingWay[];
const unfit = fc.constantFrom(...([null, null, null, null, null, 'personal_data', 'secrecy_mark'] as const));

/** One that stands so, else any; `none` now and then. */
const meant = fc.record({ n: nth, right: often });
type Meant = typeof meant extends fc.Arbitrary<infer T> ? T : never;

function pick({ n, right }: Meant, { state }: Seen, fits: (paper: Paper) => boolean): Paper | undefined {
  const all = papersInOrder(state);
  const likely = all.filter(fits);
  const among = likely.length > 0 ? likely : all;
  return right ? among[n % among.length] : undefined;
}

const at =
  (...stages: readonly PaperStage[]) =>
  (paper: Paper): boolean =>
    stages.includes(paper.stage);
const waits =
  (seen: Seen, ...acts: readonly string[]) =>
  (paper: Paper): boolean =>
    acts.includes(stepWaited(seen.rules, seen.state, paper) ?? '');

const drafting = fc.record({ kind: nth, path: fc.option(chosen), content: said('paper'), unfit, meant, numbered: even });

const DRAFT: fc.Arbitrary<Want<CommandOf<'DraftPaper'>>> = drafting.map((of) => (seen) => {
  const kind = KINDS[of.kind % KINDS.length] ?? 'first_report';
  const old = pick(of.meant, seen, at('sent'));
  return {
    ...{ type: 'DraftPaper', kind, path: of.path?.(idsOf(seen.rules.pack.reporting_paths)) ?? null, content: of.content, unfit: of.unfit },
    ...{ corrects: kind === 'correction' ? (old?.id ?? null) : null, about: null, serial: of.numbered ? null : 3 },
  };
});

const REVISE: fc.Arbitrary<Want<CommandOf<'RevisePaper'>>> = fc
  .record({ meant, content: said('paper-again'), changed: often, unfit })
  .map(({ meant: m, content, changed, unfit: no }) => (seen) => {
    return { type: 'RevisePaper', paper: pick(m, seen, at('returned', 'in_hand'))?.id ?? 'none', content, changed, unfit: no };
  });

const PASS: fc.Arbitrary<Want<CommandOf<'PassPaper'>>> = fc.record({ meant, right: often, text: said('remark') }).map((of) => (seen) => {
  const paper = pick(of.meant, seen, waits(seen, 'review', 'text_check'));
  const step = paper === undefined ? null : stepWaited(seen.rules, seen.state, paper);
  const act = (step === 'text_check') === of.right ? 'text_check' : 'review';
  return { type: 'PassPaper', paper: paper?.id ?? 'none', act, text: of.text };
});

/** 签发 also stands among what may be approved by word of mouth. */
export const SIGN_PAPER: fc.Arbitrary<Want<CommandOf<'SignPaper'>>> = fc
  .record({ meant, text: said('remark'), unfit, confirmed: often })
  .map(({ meant: m, text, unfit: no, confirmed }) => (seen) => {
    return { type: 'SignPaper', paper: pick(m, seen, waits(seen, 'sign'))?.id ?? 'none', text, unfit: no, confirmed };
  });

const SEND: fc.Arbitrary<Want<CommandOf<'SendPaper'>>> = fc
  .record({ meant, party: chosen, named: often, way: nth, told: often, copy: even, ago, confirmed: often, unfit })
  .map((of) => (seen) => {
    const to: RecordTo = { kind: 'party', id: of.party(idsOf(seen.rules.pack.parties)) };
    return {
      ...{
        type: 'SendPaper',
        paper: pick(of.meant, seen, at('signed', 'sent'))?.id ?? 'none',
        to: of.named ? to : null,
        as: of.copy ? 'copy' : 'main',
      },
      ...{ way: of.told ? (WAY_IDS[of.way % WAY_IDS.length] ?? 'fax') : null, sentAt: seen.at - (of.copy ? 0 : of.ago) },
      ...{ frozen: { hash: 'h', file: null }, unfit: of.unfit, confirmed: of.confirmed },
    };
  });

const RECEIPT: fc.Arbitrary<Want<CommandOf<'RecordPaperReceipt'>>> = fc
  .record({ meant, which: nth, who: said('whom'), ago: fc.constantFrom(0, 0, 5 * MINUTE, -90 * MINUTE) })
  .map(({ meant: m, which, who, ago: before }) => (seen) => {
    const paper = pick(m, seen, ({ sendings }) => sendings.length > 0);
    const to = paper?.sendings[which % Math.max(1, paper.sendings.length)]?.to ?? null;
    return { type: 'RecordPaperReceipt', paper: paper?.id ?? 'none', to, who, receivedAt: seen.at - before };
  });

/** One arbitrary for every command on papers. */
export const WANTED_PAPERS: { readonly [T in Exclude<PaperCommand['type'], 'SignPaper'>]: fc.Arbitrary<Want<CommandOf<T>>> } = {
  DraftPaper: DRAFT,
  RevisePaper: REVISE,
  PassPaper: PASS,
  SendBackPaper: fc.record({ meant, reason: why }).map(({ meant: m, reason }) => (seen) => {
    return { type: 'SendBackPaper', paper: pick(m, seen, at('in_hand', 'signed'))?.id ?? 'none', reason };
  }),
  CommentPaper: fc.record({ meant, text: said('remark') }).map(({ meant: m, text }) => (seen) => {
    return { type: 'CommentPaper', paper: pick(m, seen, at('in_hand', 'returned', 'signed'))?.id ?? 'none', text };
  }),
  NumberPaper: fc.record({ meant, number: fc.constantFrom('三市监〔2026〕12号', '', null) }).map(({ meant: m, number }) => (seen) => {
    return { type: 'NumberPaper', paper: pick(m, seen, at('signed'))?.id ?? 'none', number };
  }),
  SendPaper: SEND,
  RecordPaperReceipt: RECEIPT,
  VoidPaper: fc.record({ meant, reason: why, confirmed: often }).map(({ meant: m, reason, confirmed }) => (seen) => {
    return { type: 'VoidPaper', paper: pick(m, seen, at('returned', 'in_hand'))?.id ?? 'none', reason, confirmed };
  }),
};
