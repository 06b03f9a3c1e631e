/** All fillers there are, by the names the office's data use: one table for papers of incidents, one for those of the duty room. */
import type { DutyBrief, Filler, IncidentBrief } from './brief';
import { ASKED } from './elements/asked';
import { CORRECTION } from './elements/correction';
import { DUTY } from './elements/duty';
import { ENDING } from './elements/ending';
import { HARM } from './elements/harm';
import { INTAKE } from './elements/intake';
import { PROGRESS } from './elements/progress';
import { RECORDS } from './elements/records';
import { RESPONSE } from './elements/response';
import { REVIEW } from './elements/review';

/** Elements of an incident. */
export const INCIDENT_FILLERS: Readonly<Record<string, Filler<IncidentBrief>>> = {
  ...INTAKE,
  ...HARM,
  ...PROGRESS,
  ...RESPONSE,
  ...ENDING,
  ...RECORDS,
  ...ASKED,
  ...REVIEW,
  ...CORRECTION,
};

/** Elements of a shift. */
export const DUTY_FILLERS: Readonly<Record<string, Filler<DutyBrief>>> = DUTY;

/** Elements that only a person can write. */
export const HAND = 'hand';

/** Is there anything by this name that fills an element? */
export function isFiller(name: string): boolean {
  return name === HAND || Object.hasOwn(INCIDENT_FILLERS, name) || Object.hasOwn(DUTY_FILLERS, name);
}
