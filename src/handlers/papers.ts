/** What a command on a paper needs beside the state is read here: the record it is drafted from, the text that stands, what goes out for good. */
import type { CommandOf, IncidentCommand } from '../core/incident/commands';
import type { TextRef } from '../core/incident/events';
import { papersInOrder, paperTitle } from '../core/incident/papers/find';
import type { Paper, Unfit } from '../core/incident/papers/paper';
import type { Refusal } from '../core/incident/refusal';
import type { IncidentState } from '../core/incident/state';
import type { Instant } from '../core/instant';
import { refsIn } from '../core/notices/compose/view';
import { contradictions } from '../core/papers/contradictions';
import { differencesOf, wordsOf } from '../core/papers/differences';
import type { PaperDraft } from '../core/papers/draft';
import { draftPaper } from '../core/papers/draftPaper';
import { type PaperEdit, withEdits } from '../core/papers/edit';
import type { EarlierPaper } from '../core/papers/record';
import type { Rulebook } from '../core/plans/rulebook';
import { bearsPersonalData } from '../core/privacy/publicText';
import { screen } from '../core/privacy/screen';
import type { PersonId, Roster } from '../core/roster/roster';
import type { Tx } from '../ports/store';
import type { StreamRow, VaultText } from '../ports/streams';
import type { Deps } from './deps';
import type { FixedPaper } from './execute';
import { incidentEvents } from './incident';
import { officialOf } from './paperFile';

/** Where and by whom a command on a paper is given. */
export interface AtPaper {
  readonly tx: Tx;
  readonly deps: Deps;
  readonly stream: StreamRow;
  readonly rules: Rulebook;
  readonly roster: Roster;
  readonly at: Instant;
  readonly person: PersonId | null;
}

/** The command with everything it needs, texts it brings to the vault, and what is fixed with it. */
export interface Prepared {
  readonly is: 'prepared';
  readonly command: IncidentCommand;
  readonly texts: readonly VaultText[];
  readonly fixed: ReadonlyMap<string, FixedPaper>;
}

/** Commands that need more than the state. */
const PREPARED: readonly IncidentCommand['type'][] = ['DraftPaper', 'RevisePaper', 'SignPaper', 'SendPaper', 'RecordOralApproval'];

/** Does the command need what only `preparePaper` reads? */
export function needsPaper(command: IncidentCommand): boolean {
  return PREPARED.includes(command.type) && (command.type !== 'RecordOralApproval' || command.act.type === 'SignPaper');
}

/** Reads and drafts, writes nothing; may run twice. Refuses `no_such_element` for an edit of what is not there. */
export async function preparePaper(
  desk: AtPaper,
  state: IncidentState,
  command: IncidentCommand,
  edits: readonly PaperEdit[],
): Promise<Prepared | Refusal> {
  switch (command.type) {
    case 'DraftPaper':
      return drafted(desk, state, command, edits);
    case 'RevisePaper':
      return revised(desk, state, command, edits);
    case 'SignPaper':
      return prepared({ ...command, unfit: await unfitOf(desk, state, command.paper) });
    case 'RecordOralApproval':
      return command.act.type === 'SignPaper'
        ? prepared({ ...command, act: { ...command.act, unfit: await unfitOf(desk, state, command.act.paper) } })
        : prepared(command);
    case 'SendPaper':
      return fixed(desk, state, command);
    default:
      return prepared(command);
  }
}

function prepared(
  command: IncidentCommand,
  texts: readonly VaultText[] = [],
  whole: ReadonlyMap<string, FixedPaper> = new Map(),
): Prepared {
  return { is: 'prepared', command, texts, fixed: whole };
}

async function drafted(
  desk: AtPaper,
  state: IncidentState,
  command: CommandOf<'DraftPaper'>,
  edits: readonly PaperEdit[],
): Promise<Prepared | Refusal> {
  const { tx, deps, stream, rules, roster, at, person } = desk;
  const events = await incidentEvents(tx, stream);
  const earlier = await earlierPapers(desk, state);
  const ctx = {
    ...{ now: at, mode: stream.mode, rules, roster, wording: deps.papers.wording, office: deps.papers.office },
    texts: await tx.texts(refsIn([state, events])),
    ...{ earlier, about: command.about ?? command.corrects, drafter: person, hand: {} },
  };
  const first = draftPaper(command.kind, { is: 'incident', state, events }, ctx);
  const draft = withEdits(alongPath(first, rules, command.path), edits, person, rules.pack.parties);
  if ('is' in draft) return draft;
  const warned = { ...draft, warnings: [...draft.warnings, ...against(draft, earlier, state)] };
  const { ref, text } = kept(deps, JSON.stringify(warned));
  return prepared({ ...command, serial: draft.serial, content: ref, unfit: secrecyIn(warned) }, [text]);
}

/** A path that was named has its own recipients. */
function alongPath(draft: PaperDraft, { pack }: Rulebook, id: string | null): PaperDraft {
  const path = pack.reporting_paths.find((one) => one.id === id);
  return path === undefined ? draft : { ...draft, to: draft.to.filter((to) => path.to.includes(to.id)) };
}

/** Another paper of the same moment that states another figure. */
function against(draft: PaperDraft, earlier: readonly EarlierPaper[], state: IncidentState): PaperDraft['warnings'] {
  const found = contradictions([...earlier, { id: '', draft }]).filter(({ papers }) => papers.includes(''));
  return found.map(({ papers, texts }) => {
    const [other = ''] = papers.filter((id) => id !== '');
    const paper = state.papers[other];
    const name = paper === undefined ? '另一份文稿' : paperTitle(paper);
    return { code: 'against_record' as const, key: null, zh: `与${name}的数字不一致：${texts.join('、')}` };
  });
}

async function revised(
  desk: AtPaper,
  state: IncidentState,
  command: CommandOf<'RevisePaper'>,
  edits: readonly PaperEdit[],
): Promise<Prepared | Refusal> {
  const standing = await draftOf(desk, state.papers[command.paper]);
  if (standing === null || edits.length === 0) return prepared(command);
  const draft = withEdits(standing, edits, desk.person, desk.rules.pack.parties);
  if ('is' in draft) return draft;
  const { ref, text } = kept(desk.deps, JSON.stringify(draft));
  const changed = differencesOf(standing, draft).length > 0;
  return prepared({ ...command, content: ref, changed, unfit: secrecyIn(draft) }, [text]);
}

/** Everything that stands the moment the first copy goes out, in one text whose digest is recorded. */
async function fixed(desk: AtPaper, state: IncidentState, command: CommandOf<'SendPaper'>): Promise<Prepared> {
  const paper = state.papers[command.paper];
  const draft = paper === undefined || paper.frozen !== null ? null : await draftOf(desk, paper);
  if (paper === undefined || draft === null) return prepared(command);
  const { id, kind, serial, number, corrects } = paper;
  const signed = paper.steps.find(({ act }) => act === 'sign');
  const whole = JSON.stringify({
    ...{ paper: id, kind, serial, version: paper.versions.at(-1)?.version ?? 1, number, corrects },
    ...{ signer: signed?.by ?? null, signedAt: signed?.at ?? null, oral: signed?.oral ?? null, draft },
  });
  const { papers: made, digest } = desk.deps;
  const unfit = unfitIn(draft, desk.roster);
  if (unfit !== null) return prepared({ ...command, unfit });
  const bytes = await made.renderer.docx(officialOf(paper, draft, made.office, desk.roster, command.sentAt), kind);
  const file = { hash: made.hashOf(bytes), bytes };
  const frozen = { hash: digest.of(whole), file: file.hash };
  return prepared({ ...command, frozen, unfit }, [], new Map([[id, { facts: whole, file }]]));
}

async function unfitOf(desk: AtPaper, state: IncidentState, id: string): Promise<Unfit | null> {
  const draft = await draftOf(desk, state.papers[id]);
  return draft === null ? null : unfitIn(draft, desk.roster);
}

function unfitIn(draft: PaperDraft, { people }: Roster): Unfit | null {
  const secret = secrecyIn(draft);
  if (secret !== null || draft.audience !== 'public') return secret;
  return bearsPersonalData(
    wordsIn(draft).join('\n'),
    [...people.values()].map(({ name }) => name),
  )
    ? 'personal_data'
    : null;
}

function secrecyIn(draft: PaperDraft): Unfit | null {
  return screen(wordsIn(draft).join('\n')).is === 'stopped' ? 'secrecy_mark' : null;
}

/** What is read of it: title and elements. The note names the office's own people and stands apart. */
function wordsIn(draft: PaperDraft): readonly string[] {
  return [draft.title, ...draft.items.map(wordsOf)];
}

/** The text in force of a paper; null where there is none, or it was destroyed. */
export async function draftOf({ tx }: Pick<AtPaper, 'tx'>, paper: Paper | undefined): Promise<PaperDraft | null> {
  const ref = paper?.versions.at(-1)?.content;
  const stored = ref === undefined ? undefined : (await tx.texts([ref.id])).get(ref.id);
  return stored === undefined ? null : (JSON.parse(stored) as PaperDraft);
}

async function earlierPapers(desk: AtPaper, state: IncidentState): Promise<readonly EarlierPaper[]> {
  const live = papersInOrder(state).filter(({ stage }) => stage !== 'void');
  const each = live.map(async (paper): Promise<readonly EarlierPaper[]> => {
    const draft = await draftOf(desk, paper);
    const [first] = paper.sendings;
    return draft === null
      ? []
      : [{ id: paper.id, draft, sentAt: first?.sentAt ?? null, number: paper.number === '' ? null : paper.number }];
  });
  return (await Promise.all(each)).flat();
}

function kept({ ids, digest }: Pick<Deps, 'ids' | 'digest'>, body: string): { readonly ref: TextRef; readonly text: VaultText } {
  const id = ids.next();
  const salt = digest.of(`${id}:${ids.next()}`);
  const commitment = digest.of(salt + body);
  return { ref: { id, commitment }, text: { id, kind: 'paper', salt, body, commitment } };
}
