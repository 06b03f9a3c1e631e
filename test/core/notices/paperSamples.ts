/** One event of every type of the papers; their texts bear the words of the other samples. */
import type { PaperEvent } from '../../../src/core/incident/events/papers';
import { ask, clock, done, happenedAt, type Past, words } from '../builders';

const TOLD = { rooms: ['duty', 'hq'], people: ['leader1'] };
const asked = (person: string, n: number) => [ask('paper', person, { id: `paper-ask-${n}`, room: 'hq', about: 'paper-1' })];

type Samples = { readonly [T in PaperEvent['type']]: Past };

/** Each at 09:30, as if the one before it had just happened. */
export const PAPER_SAMPLES: Samples = {
  PaperDrafted: at({
    type: 'PaperDrafted',
    ...done('cons2'),
    ...{ id: 'paper-1', n: 1, kind: 'first_report', serial: 1, chain: null, path: 'city_up', corrects: null, about: null, room: 'hq' },
    ...{ content: words('paper'), owner: 'cons1', asked: asked('cons1', 1), told: TOLD },
  }),
  PaperRevised: at({
    type: 'PaperRevised',
    ...done('cons2'),
    ...{ id: 'paper-1', content: words('paper-again'), restarts: true, owner: 'cons1', asked: asked('cons1', 2), told: TOLD },
  }),
  PaperPassed: at({
    type: 'PaperPassed',
    ...done('cons1'),
    ...{ id: 'paper-1', act: 'review', text: words('what'), owner: 'office1', asked: asked('office1', 3), told: TOLD },
  }),
  PaperSigned: at({
    type: 'PaperSigned',
    ...done('director'),
    ...{ id: 'paper-1', chain: 'deputy_signs', text: words('what'), owner: 'office1', asked: asked('office1', 4), told: TOLD },
  }),
  PaperSentBack: at({
    type: 'PaperSentBack',
    ...done('cons1'),
    ...{ id: 'paper-1', reason: words('why'), owner: 'cons2', asked: asked('cons2', 5), told: TOLD },
  }),
  PaperReassigned: at({
    type: 'PaperReassigned',
    ...done('director'),
    ...{ id: 'paper-1', withdrawn: ['deputy1'], owner: 'director', asked: asked('director', 6), told: TOLD },
  }),
  PaperCommented: at({ type: 'PaperCommented', ...done('office1'), id: 'paper-1', text: words('what'), told: TOLD }),
  PaperNumbered: at({ type: 'PaperNumbered', ...done('office1'), id: 'paper-1', number: '三市监〔2026〕4321号', told: TOLD }),
  PaperSent: at({
    type: 'PaperSent',
    ...done('office1'),
    ...{ id: 'paper-1', sending: 'sending-1', to: { kind: 'party', id: 'gov' }, as: 'main', way: 'fax', sentAt: clock('09:29') },
    ...{ frozen: { hash: 'a'.repeat(64), file: null }, told: TOLD },
  }),
  PaperReceipted: at({
    type: 'PaperReceipted',
    ...done('office1'),
    ...{ id: 'paper-1', sending: 'sending-1', who: words('what'), receivedAt: clock('09:29'), told: TOLD },
  }),
  PaperVoided: at({ type: 'PaperVoided', ...done('cons2'), id: 'paper-1', reason: words('why'), told: TOLD }),
};

function at(event: PaperEvent): Past {
  return happenedAt('09:30', event);
}
