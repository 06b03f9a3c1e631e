/** Arguments as somebody might type them now: by trying them on the core, help finds out what works for whom, without a second policy. */

import { deadlines } from '../../core/deadlines/deadlines';
import { commanders } from '../../core/incident/audience';
import { approvalsInOrder, directivesInOrder, tasksInOrder } from '../../core/incident/numbered';
import { recordsOf } from '../../core/incident/records/find';
import { openAsks } from '../../core/incident/state';
import { kindZh } from '../../core/plans/rulebook';
import type { RecordKind } from '../../core/plans/schema/records';
import { holders, nameOf, type PersonId } from '../../core/roster/roster';
import { dateOf } from '../arguments/day';
import type { Said } from './row';
import type { DutySamples } from './standing';

type Samples = (said: Said) => readonly string[];

/** Nothing behind the verb. */
export const alone: Samples = () => [''];

/** Every level of the plan, each with a reason. */
export const eachLevel: Samples = ({ rules }) => rules.pack.levels.map(({ sign }) => `${sign} 理由`);

/** Every open number of a list, with words and what vouches for them. */
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `${i + 1} 情况 凭据：照片`);
export const eachTask: Samples = ({ state }) => numbered(tasksInOrder(state).length);
export const eachDirective: Samples = ({ state }) => numbered(directivesInOrder(state).length);
export const eachApproval: Samples = ({ state }) => approvalsInOrder(state).map((_, i) => `${i + 1}`);

/** A task for the speaker himself, and for whoever is asked in the matter. */
export const eachOwner: Samples = (said) => {
  const asked = openAsks(said.state).map(({ person }) => person);
  const people = [...new Set([...(said.turn.person === null ? [] : [said.turn.person]), ...asked])];
  return people.map((person) => `${at(said, person)} 清点`);
};

/** Words of each of those who lead. */
export const eachLeader: Samples = (said) => leadersOf(said).map((person) => `${at(said, person)} 从速办理`);

/** Somebody to stand in. */
export const eachDeputy: Samples = (said) => leadersOf(said).map((person) => `${at(said, person)} 在途`);

/** Nothing, while somebody stands in. */
export const whileStoodIn: Samples = ({ state }) => (state.standIn === null ? [] : ['']);

/** Acts approved by whoever commands. */
export const eachApprovable: Samples = (said) => {
  const acts = ['启动', '终止', ...said.rules.pack.levels.flatMap(({ sign }) => [`定级 ${sign}`, `调级 ${sign}`])];
  return leadersOf(said).flatMap((person) => acts.map((act) => `${act} ${at(said, person)} 刚才 同意`));
};

/** Nothing, or one of the plan's own grounds. */
export const eachTrigger: Samples = ({ rules }) => ['', ...rules.pack.activation.triggers.map(({ zh }) => zh)];
export const allCriteria: Samples = ({ rules }) => [`${rules.pack.termination.criteria.map(({ zh }) => zh).join('、')} 理由`];
export const eachParty: Samples = ({ rules }) => rules.pack.parties.slice(0, 1).map(({ zh }) => `${zh} 李处 情况`);

/** Whatever is still owed, by its name. */
export const eachOwed: Samples = ({ rules, state }) => {
  const open = deadlines(rules, state).filter(({ status }) => status === 'open');
  return [...new Set(open.map(({ kind }) => `${kindZh(rules, kind)} 理由`))];
};

function leadersOf({ rules, turn }: Said): readonly PersonId[] {
  return [...new Set([...commanders(rules, turn.roster), ...holders(turn.roster, 'director')])];
}

function at({ turn }: Pick<Said, 'turn'>, person: PersonId): string {
  return `@${nameOf(turn.roster, person)}`;
}

/** A later shift of the speaker, with everybody who fills the same post. */
export const eachSwap: DutySamples = ({ turn }) => {
  const own = turn.roster.shifts.filter(({ person, from }) => person === turn.person && from > turn.at).slice(0, 1);
  return own.flatMap(({ role, from }) => holders(turn.roster, role).map((other) => `${dateOf(from)} ${at({ turn }, other)} 有事`));
};

/** Everybody who is on this shift. */
export const eachSeat: DutySamples = ({ turn, state }) => state.seats.map(({ person }) => `@${nameOf(turn.roster, person)} 有事`);

/** Every task, to somebody who is asked in the matter. */
export const eachMoved: Samples = (said) =>
  eachOwner(said).flatMap((owner) => tasksInOrder(said.state).map((_, i) => `${i + 1} ${owner.split(' ')[0] ?? ''} 另有安排`));

/** Somebody who is asked, added and taken off. */
export const eachMember: Samples = (said) => {
  const people = eachOwner(said).map((owner) => owner.split(' ')[0] ?? '');
  const groups = [...said.rules.pack.groups, ...said.rules.pack.functions].slice(0, 1).map(({ zh }) => zh);
  return people.flatMap((person) => [...groups.map((group) => `加 ${person} ${group}`), `减 ${person} 已调离`]);
};

/** Every paper, with these words behind its number. */
export function eachPaper(words = ''): Samples {
  return ({ state }) => Object.values(state.papers).map(({ n }) => `${n} ${words}`.trim());
}

/** A record of the kind as it is opened, and every step on those there are. */
export function eachRecord(kind: RecordKind): Samples {
  return (said) => [
    ...openings(said)[kind],
    ...recordsOf(said.state, kind).flatMap(({ n }) => STEPS.map((step) => `${n} ${step}`)),
    ...LONE,
  ];
}

function openings(said: Said): Readonly<Record<RecordKind, readonly string[]>> {
  const owners = eachOwner(said).map((owner) => owner.split(' ')[0] ?? '');
  const [party = ''] = said.rules.pack.parties.map(({ zh }) => zh);
  const [county = ''] = said.turn.roster.counties.flatMap(({ names: [name = ''] }) => name);
  return {
    scheme: owners.map((owner) => `分区劝离 ${owner} 劝离人群 2小时内`),
    liaison: [`${party} 请派员 2小时内`],
    copy_notice: owners.map((owner) => `${owner} 同样情形`),
    evidence: ['监控硬盘 封存'],
    legal_question: ['能否点名 2小时内'],
    goods: ['申领 帐篷10顶 2小时内'],
    opinion_sheet: ['来源：网页 链接：无 热度：高 不实：无'],
    holding_statement: ['文字'],
    targeted_monitoring: ['2小时 下架商品'],
    supervision: [`${county} 请核查 2小时内`],
    bulletin: ['编发 情况'],
    proposal: ['从速处置'],
    conclusion: ['原因、影响、结论'],
    meeting: ['议定事项'],
    document: [`收 ${party} 文号`],
  };
}

/** Steps by which records of any kind go on. */
const STEPS = [
  '答复 内容',
  '回执 王科 刚才',
  '核实',
  '已发 1顶',
  '归还 1顶',
  '审核',
  '批准',
  '移交 编辑部',
  '情况 无新增',
  '采纳',
  '办理 情况',
  '办结 效果：好',
];
const LONE = ['下达', '结束 已沉'];
