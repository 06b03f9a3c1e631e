/** Who is told of papers: whoever did it, by a real @ and privately whoever has the next step, and the drafter of what became of his. */
import type { PaperEvent } from '../incident/events/papers';
import { acted, calls, type Owed } from './legs';

/** By type of event. */
export const OWED_BY_PAPERS: Owed<PaperEvent> = {
  PaperDrafted: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  PaperRevised: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  PaperPassed: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  PaperSigned: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  PaperSentBack: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  PaperReassigned: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  PaperCommented: acted,
  PaperNumbered: acted,
  PaperSent: acted,
  PaperReceipted: acted,
  PaperVoided: acted,
};
