/** How events of exposure, retention and revealing change an incident. */
import type { PrivacyEvent } from '../events/privacy';
import { PURGE } from '../retention';
import type { IncidentState, Met } from '../state';
import type { At } from './parts';

export function evolvePrivacy(state: IncidentState, event: PrivacyEvent, { at }: At): IncidentState {
  switch (event.type) {
    case 'ExposureWidened':
      return { ...state, exposure: event.exposure };
    case 'RetentionAssessed': {
      const { decision, by, until } = event;
      const decided = { ...state, retention: { decision, by, at, until } };
      return decision === 'hold' ? { ...decided, met: { ...state.met, [PURGE]: done(at, by) } } : decided;
    }
    case 'DataPurged':
      return { ...state, purgedAt: at, met: { ...state.met, [PURGE]: state.met[PURGE] ?? done(at, event.by) } };
    case 'WordsRevealed':
      return state;
    default:
      return event satisfies never;
  }
}

function done(doneAt: Met['doneAt'], by: Met['by']): Met {
  return { doneAt, by, lines: [], text: null, lateReason: null, waived: false };
}
