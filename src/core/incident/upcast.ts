/** What events of an incident were called before, and how they read today. */
import { type Lift, type LiftTable, upcaster } from '../upcast';
import type { IncidentEvent } from './events';
import { isIncidentEvent } from './evolve';

/** At first there was one confirmed; since then it is told whether this office or the higher organ confirmed. Only this office's was recorded. */
const confirmedByUs: Lift = (body) => (body.status === 'confirmed' ? { ...body, status: 'confirmed_by_us' } : body);

const LIFTS: LiftTable<IncidentEvent> = { LevelSet: [confirmedByUs], LevelChanged: [confirmedByUs] };

/** Lifts a stored event of an incident to the shape that `evolve` folds; null when a newer program wrote it. Pure. */
export const upcast = upcaster<IncidentEvent>(isIncidentEvent, LIFTS);
