/** `decide(rules, roster, state, envelope) -> events, a refusal or a question`: every rule of an incident behind one table. */
import type { Envelope, IncidentCommand } from '../commands';
import { notNow } from '../lifecycle';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { courseRules } from './course';
import { intakeRules } from './intake';
import { levelRules } from './levels';
import { paperRules } from './papers';
import { peopleRules } from './people';
import { privacyRules } from './privacy';
import { recordRules } from './records';
import { reportIncident } from './reportIncident';
import { reportUnreached } from './reportUnreached';
import { ringDeadlines } from './ringDeadlines';
import type { Rule, Rules } from './rules';
import type { Decision, Scene } from './scene';
import { workRules } from './work';

type Ruled = Exclude<IncidentCommand, { readonly type: 'ReportIncident' | 'RingDeadlines' | 'ReportUnreached' }>;

const RULES: Rules<Ruled> = {
  ...intakeRules,
  ...levelRules,
  ...courseRules,
  ...workRules,
  ...peopleRules,
  ...recordRules,
  ...paperRules,
  ...privacyRules,
};

/**
 * Decides one command. `state` is null only for ReportIncident. No clock, no random, no I/O: moment and ids come with the
 * envelope, so the same input always decides the same. An accepted command has at least one event, except rings nobody owes and failures that are known.
 */
export function decide(scene: Scene, state: IncidentState | null, envelope: Envelope): Decision {
  const { command } = envelope;
  if (command.type === 'ReportIncident') return reportIncident(scene, envelope, command);
  if (state === null) return refuse('no_incident', '没有这起事件。', '输入 列表 查看在办事件');
  if (command.type === 'RingDeadlines') return ringDeadlines(scene, state, envelope, command);
  if (command.type === 'ReportUnreached') return reportUnreached(scene, state, envelope, command);
  const rule = RULES[command.type] as Rule<Ruled>;
  return notNow(scene.rules, state, command.type) ?? rule(scene, state, envelope, command);
}
