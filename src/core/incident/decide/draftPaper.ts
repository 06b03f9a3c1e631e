/** 首报, 续报稿, 终报 and every other paper: a draft enters the chain and goes to whoever checks it first. */
import { PAPERS } from '../../plans/schema/papers';
import type { PersonId } from '../../roster/roster';
import { toldBut, unique } from '../audience';
import { filling } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import { type Entry, entriesFor, pathsFor, rolesAt } from '../papers/chain';
import { paperTitle } from '../papers/find';
import type { Paper } from '../papers/paper';
import { type Refusal, refuse } from '../refusal';
import type { IncidentState } from '../state';
import { nextOf, unfitText } from './paperParts';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

type Draft = CommandOf<'DraftPaper'>;

/**
 * Whoever drafts in one of the chains this kind may go here and now; that decides the chain. Refuses `not_authorised`, `no_such_path`,
 * `no_such_paper` and `not_sent` for a correction, `text_required`, `secrecy_mark`, `personal_data`.
 */
export function draftPaper(scene: Scene, state: IncidentState, envelope: Envelope, command: Draft): Decision {
  const { actor, seed } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 文稿 ${PAPERS[command.kind]}`;
  const path = pathOf(scene, command);
  if (path === undefined) return refuse('no_such_path', `本预案没有按这条路径报送${PAPERS[command.kind]}。`, usage);
  const entry = entryOf(scene, state, envelope, command.kind, path, person.id);
  if (entry.is === 'refusal') return entry;
  const wrong = wronglyCorrects(state, command) ?? unfitText(command.unfit, usage);
  if (wrong !== null) return wrong;
  const { content, kind, corrects, about } = command;
  if (content === null) return refuse('text_required', '文稿还没有内容。', usage);
  const all = Object.values(state.papers);
  const serial = command.serial ?? all.filter((paper) => paper.kind === kind && paper.stage !== 'void').length + 1;
  const made = {
    id: `${seed}-paper`,
    n: all.length + 1,
    kind,
    serial,
    chain: entry.byLevel ? null : entry.chain.id,
    path,
    corrects,
    about,
  };
  const next = nextOf(scene, state, envelope, asPaper(made, person.id, envelope));
  return happened({
    ...doneBy(scene, envelope, person.id),
    type: 'PaperDrafted',
    ...made,
    ...next,
    room: actor.room,
    content,
    told: toldBut({ room: actor.room, person: person.id }, []),
  });
}

/** The path that was named, else the first by which the kind goes out; undefined where the one named is none. */
function pathOf({ rules }: Scene, { path, kind }: Draft): string | null | undefined {
  const paths = pathsFor(rules, kind);
  return path === null ? (paths[0]?.id ?? null) : paths.find(({ id }) => id === path)?.id;
}

type Entered = (Entry & { readonly is: 'entry' }) | Refusal;

function entryOf(
  scene: Scene,
  state: IncidentState,
  { at }: Envelope,
  kind: Draft['kind'],
  path: string | null,
  person: PersonId,
): Entered {
  const entries = entriesFor(scene.rules, scene.roster, state, kind, path, at);
  const drafters = (entry: Entry): readonly PersonId[] => filling(scene, rolesAt(entry.chain, 'draft'), state, at);
  const found = entries.find((entry) => drafters(entry).includes(person));
  if (found !== undefined) return { is: 'entry', ...found };
  return refuse('not_authorised', `起草${PAPERS[kind]}不在您的权限内。`, `#${state.n} 文稿`, unique(entries.flatMap(drafters)));
}

/** A correction is of something that went out. */
function wronglyCorrects(state: IncidentState, { kind, corrects }: Draft): Refusal | null {
  if (kind !== 'correction' && corrects === null) return null;
  const usage = `#${state.n} 更正补报〔文稿编号〕`;
  const old = corrects === null ? undefined : state.papers[corrects];
  if (old === undefined) return refuse('no_such_paper', '没有读出更正的是哪份文稿。', usage);
  return old.stage === 'sent'
    ? null
    : refuse('not_sent', `${paperTitle(old)}还没有报送，直接改稿即可。`, `#${state.n} 改稿 ${old.n}〔要素〕：〔新文字〕`);
}

/** As it will stand, so that it can be seen whose step comes next. */
function asPaper(
  made: Pick<Paper, 'id' | 'n' | 'kind' | 'serial' | 'chain' | 'path' | 'corrects' | 'about'>,
  by: PersonId,
  { at }: Envelope,
): Paper {
  return {
    ...made,
    ...{ event: 0, by, room: null, stage: 'in_hand', versions: [], authors: [by], remarks: [], number: null },
    ...{ steps: [{ act: 'draft', by, at, on: 1, oral: null }], sendings: [], frozen: null, turns: [] },
  };
}
