/** 日志: entries of the duty log by hand; nothing in it is ever changed. What happened in incidents is read from their own events. */
import { unique } from '../../incident/audience';
import { mayAs } from '../../incident/authority';
import { refuse } from '../../incident/refusal';
import type { DutyCommandOf } from '../commands';
import type { DutyState } from '../state';
import { type DutyDecision, done, happened, NO_MATTER, type Said, type Scene } from './scene';

/** Refuses `not_authorised`, `text_required`, `no_such_entry`. A correction is a new entry that names the old one. */
export function writeLog(scene: Scene, state: DutyState, said: Said<DutyCommandOf<'WriteLog'>>): DutyDecision {
  const { command, by, at } = said;
  const { text, incident, corrects } = command;
  const usage = '日志 内容';
  const may = unique([
    ...state.seats.map((s) => s.person),
    ...mayAs(scene, ['duty_officer', 'duty_leader', 'emergency_office'], NO_MATTER, at),
  ]);
  if (!may.includes(by)) return refuse('not_authorised', '值班日志由值班人员登记。', usage, may);
  if (text === null) return refuse('text_required', '请写明要登记的内容。', usage);
  if (corrects !== null && !state.log.some((entry) => entry.version === corrects))
    return refuse('no_such_entry', '本班日志没有这一条。', '值班日志');
  return happened({ ...done(said), type: 'LogWritten', text, incident, corrects, told: { rooms: [], people: [] } });
}
