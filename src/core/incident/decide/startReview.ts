/** 总结评估: begins when the final report is out and the aftermath is done (procedure section 3). */
import { commandRooms, dutyRooms, toldBut } from '../audience';
import { mayAs } from '../authority';
import type { Envelope } from '../commands';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { blockingWork, isReview, openTasksSince } from './aftermath';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

/** The lead section, the emergency office and whoever reviews by the plan. Refuses `not_authorised`, and `aftermath_open` with what is missing. */
export function startReview(scene: Scene, state: IncidentState, envelope: Envelope): Decision {
  const { rules, roster } = scene;
  const { actor, at } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const reviewers = rules.pack.after_action.filter(isReview).flatMap((work) => work.by);
  const may = mayAs(scene, ['section_in_charge', 'section_head', 'emergency_office', ...reviewers], state, at);
  if (!may.includes(person.id)) return refuse('not_authorised', '总结评估由牵头科室或应急办启动。', `#${state.n} 总结评估`, may);
  const works = blockingWork(rules, state).filter((work) => !isReview(work));
  const tasks = openTasksSince(state);
  const open = [...works.map((work) => work.zh), ...(tasks === 0 ? [] : [`后期任务 ${tasks} 项`])];
  if (open.length > 0) return refuse('aftermath_open', `事件 #${state.n} 后期处置尚未办完：${open.join('、')}。`, '办完后再开始总结评估');
  const told = toldBut(actor, [...dutyRooms(roster), ...commandRooms(rules, roster)]);
  return happened({ ...doneBy(scene, envelope, person.id), type: 'ReviewStarted', told });
}
