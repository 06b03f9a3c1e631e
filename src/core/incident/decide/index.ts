/** `decide(rules, roster, state, envelope) -> events, a refusal or a question`: every rule of the main road behind one switch. */
import type { Envelope } from '../commands';
import { refuse } from '../refusal';
import { hasEnded, type IncidentState } from '../state';
import { acknowledge } from './acknowledge';
import { activateResponse } from './activateResponse';
import { changeLevel } from './changeLevel';
import { reportIncident } from './reportIncident';
import { reportProgress } from './reportProgress';
import { ringDeadlines } from './ringDeadlines';
import type { Decision, Scene } from './scene';
import { setLevel } from './setLevel';
import { supplementIncident } from './supplementIncident';
import { terminateResponse } from './terminateResponse';

/**
 * Decides one command. `state` is null only for ReportIncident. No clock, no random, no I/O: moment and ids come with the
 * envelope, so the same input always decides the same. An accepted command has at least one event, except rings nobody owes.
 */
export function decide(scene: Scene, state: IncidentState | null, envelope: Envelope): Decision {
  const { command } = envelope;
  if (command.type === 'ReportIncident') return reportIncident(scene, envelope, command);
  if (state === null) return refuse('no_incident', '没有这起事件。', '输入 列表 查看在办事件');
  if (hasEnded(state) && command.type !== 'RingDeadlines')
    return refuse('incident_ended', `事件 #${state.n} 的响应已经终止。`, '如有新情况，请重新上报');
  switch (command.type) {
    case 'SupplementIncident':
      return supplementIncident(scene, state, envelope, command);
    case 'SetLevel':
      return setLevel(scene, state, envelope, command);
    case 'ActivateResponse':
      return activateResponse(scene, state, envelope, command);
    case 'Acknowledge':
      return acknowledge(scene, state, envelope, command);
    case 'RingDeadlines':
      return ringDeadlines(scene, state, envelope, command);
    case 'ReportProgress':
      return reportProgress(scene, state, envelope, command);
    case 'ChangeLevel':
      return changeLevel(scene, state, envelope, command);
    case 'TerminateResponse':
      return terminateResponse(scene, state, envelope, command);
    default:
      return command satisfies never;
  }
}
