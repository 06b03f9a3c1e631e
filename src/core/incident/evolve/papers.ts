/** How a paper changes from its first draft to the last receipt. */
import type { PersonId } from '../../roster/roster';
import type { EventOf } from '../events';
import type { PaperEvent } from '../events/papers';
import type { Paper, PaperStep, PaperTurn } from '../papers/paper';
import type { IncidentState } from '../state';
import { type At, answeredBy, changed, kept, stoodDown, withAsked } from './parts';

/** Folds one of them. */
export function evolvePapers(state: IncidentState, event: PaperEvent, at: At): IncidentState {
  switch (event.type) {
    case 'PaperDrafted':
      return {
        ...state,
        papers: { ...state.papers, [event.id]: drafted(event, at) },
        asks: withAsked(state, event.asked, at),
      };
    case 'PaperRevised':
      return handed(state, event, at, released(state, event.id, at), (paper) => revised(paper, event, at));
    case 'PaperPassed':
      return handed(state, event, at, answeredBy(state, event.id, at), (paper) => stepped(paper, event, event.act, at));
    case 'PaperSigned':
      return handed(state, event, at, answeredBy(state, event.id, at), (paper) => ({
        ...stepped(paper, event, 'sign', at),
        chain: event.chain,
        stage: 'signed',
      }));
    case 'PaperSentBack':
      return handed(state, event, at, answeredBy(state, event.id, at), (paper) => ({
        ...paper,
        stage: 'returned',
        steps: [],
        number: null,
        remarks: kept(paper.remarks, { at: at.at, by: event.by, text: event.reason, back: true }),
      }));
    case 'PaperReassigned':
      return handed(state, event, at, released(state, event.id, at), (paper) => paper);
    default:
      return onPaper(state, event, at);
  }
}

/** What hands it to nobody. */
function onPaper(state: IncidentState, event: Exclude<PaperEvent, { type: 'PaperDrafted' | Handing['type'] }>, at: At): IncidentState {
  const put = (change: (paper: Paper) => Paper): IncidentState => ({ ...state, papers: changed(state.papers, [event.id], change) });
  switch (event.type) {
    case 'PaperCommented':
      return put((paper) => ({ ...paper, remarks: kept(paper.remarks, { at: at.at, by: event.by, text: event.text, back: false }) }));
    case 'PaperNumbered':
      return put((paper) => ({ ...paper, number: event.number }));
    case 'PaperSent':
      return { ...put((paper) => sent(paper, event, at)), asks: answeredBy(state, event.id, at) };
    case 'PaperReceipted':
      return put((paper) => receipted(paper, event));
    case 'PaperVoided':
      return {
        ...put((paper) => ({ ...paper, stage: 'void', turns: turned(paper.turns, null, at) })),
        asks: released(state, event.id, at),
      };
    default:
      return event satisfies never;
  }
}

function drafted(event: EventOf<'PaperDrafted'>, at: At): Paper {
  const { id, n, kind, serial, by, room, chain, path, corrects, about, content } = event;
  return {
    ...{ id, n, kind, serial, event: at.version, by, room, chain, path, corrects, about },
    ...{ stage: 'in_hand', versions: [{ version: 1, at: at.at, by, content }], authors: [by] },
    steps: [step('draft', event, 1, at)],
    ...{ remarks: [], number: null, sendings: [], frozen: null },
    turns: turned([], event.owner, at),
  };
}

/** A changed text is checked anew, but for what was passed by whoever changed it at his own step. */
function revised(paper: Paper, event: EventOf<'PaperRevised'>, at: At): Paper {
  const version = (paper.versions.at(-1)?.version ?? 0) + 1;
  return {
    ...paper,
    stage: 'in_hand',
    versions: kept(paper.versions, { version, at: at.at, by: event.by, content: event.content }),
    authors: [...new Set([...paper.authors, event.by])],
    steps: event.restarts ? [step('draft', event, version, at)] : paper.steps,
  };
}

function stepped(paper: Paper, event: EventOf<'PaperPassed'> | EventOf<'PaperSigned'>, act: PaperStep['act'], at: At): Paper {
  const { text } = event;
  return {
    ...paper,
    steps: [...paper.steps, step(act, event, paper.versions.at(-1)?.version ?? 1, at)],
    remarks: text === null ? paper.remarks : kept(paper.remarks, { at: at.at, by: event.by, text, back: false }),
  };
}

function sent(paper: Paper, event: EventOf<'PaperSent'>, at: At): Paper {
  const { sending: id, to, as, way, sentAt, by, frozen } = event;
  const first = paper.frozen === null;
  return {
    ...paper,
    stage: 'sent',
    frozen: paper.frozen ?? frozen,
    steps: first ? [...paper.steps, step('send', event, paper.versions.at(-1)?.version ?? 1, at)] : paper.steps,
    sendings: [...paper.sendings, { id, to, as, way, sentAt, recordedAt: at.at, by, receipt: null }],
    turns: first ? turned(paper.turns, null, at) : paper.turns,
  };
}

function receipted(paper: Paper, { sending, who, receivedAt, by }: EventOf<'PaperReceipted'>): Paper {
  return { ...paper, sendings: paper.sendings.map((one) => (one.id === sending ? { ...one, receipt: { who, receivedAt, by } } : one)) };
}

function step(act: PaperStep['act'], { by, oral }: Pick<EventOf<'PaperSigned'>, 'by' | 'oral'>, on: number, { at }: At): PaperStep {
  return { act, by, at, on, oral: oral ?? null };
}

type Handing =
  | EventOf<'PaperRevised'>
  | EventOf<'PaperPassed'>
  | EventOf<'PaperSigned'>
  | EventOf<'PaperSentBack'>
  | EventOf<'PaperReassigned'>;

/** The next person has it from now on. */
function handed(
  state: IncidentState,
  { id, owner, asked }: Handing,
  at: At,
  asks: IncidentState['asks'],
  change: (paper: Paper) => Paper,
): IncidentState {
  const papers = changed(state.papers, [id], (paper) => ({ ...change(paper), turns: turned(paper.turns, owner, at) }));
  return { ...state, papers, asks: withAsked({ ...state, asks }, asked, at) };
}

/** The stretch that ran ends here; the one before it is no longer needed. */
function turned(turns: readonly PaperTurn[], owner: PersonId | null, { at }: At): readonly PaperTurn[] {
  const over = turns.map((turn) => ({ ...turn, doneAt: turn.doneAt ?? at }));
  const next = owner === null ? [] : [{ seq: (over.at(-1)?.seq ?? 0) + 1, owner, from: at, doneAt: null }];
  return [...over, ...next].slice(-2);
}

/** Whoever was asked about the older text is no longer. */
function released(state: IncidentState, id: string, at: At): IncidentState['asks'] {
  const open = Object.values(state.asks).filter((ask) => ask.answer === null && ask.stoodDownAt === null && (ask.about ?? ask.id) === id);
  return stoodDown(
    state.asks,
    open.map((ask) => ask.id),
    at,
  );
}
