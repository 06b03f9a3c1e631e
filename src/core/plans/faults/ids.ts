/** Ids that stand twice in one list, actors that share one name, and steps out of order. */
import type { PlanPack } from '../packSchema';
import { type PlanFault, repeats } from './fault';

const LISTS = {
  measures: '指标',
  categories: '类别',
  matters: '专项',
  roles: '岗位',
  parties: '单位',
  groups: '工作组',
  functions: '职能',
  sign_off: '签发链',
  tellings: '告知事项',
  procedure: '步骤',
  reporting_paths: '报告路径',
  after_action: '后期处置事项',
  safeguards: '保障事项',
  publicity: '宣传事项',
  settings: '选项',
} as const satisfies Partial<Record<keyof PlanPack, string>>;

/** `duplicate_id` and `step_order`. */
export function idFaults(pack: PlanPack): readonly PlanFault[] {
  const lists = Object.entries(LISTS) as [keyof typeof LISTS, string][];
  return [
    ...lists.flatMap(([key, what]) =>
      repeats(
        [key],
        pack[key].map((entry) => entry.id),
        'id',
        what,
      ),
    ),
    ...repeats(
      ['scope', 'outside'],
      pack.scope.outside.map((o) => o.id),
      'id',
      '不适用的情形',
    ),
    ...repeats(
      ['grading', 'escalators'],
      pack.grading.escalators.map((e) => e.id),
      'id',
      '上提情形',
    ),
    ...repeats(
      ['activation', 'triggers'],
      pack.activation.triggers.map((t) => t.id),
      'id',
      '启动情形',
    ),
    ...repeats(
      ['termination', 'criteria'],
      pack.termination.criteria.map((c) => c.id),
      'id',
      '终止条件',
    ),
    ...sharedFaults(pack),
    ...taskFaults(pack),
    ...orderFaults(pack),
  ];
}

/** Every id by which somebody can be named in this pack. */
export function actorsOf(pack: PlanPack): readonly string[] {
  return [pack.command, ...pack.roles, ...pack.groups, ...pack.functions, ...pack.parties].map((a) => a.id);
}

/** A role and a group of one name: a reference would not say which. */
function sharedFaults(pack: PlanPack): readonly PlanFault[] {
  const seen = new Set([pack.command.id]);
  return (['roles', 'groups', 'functions', 'parties'] as const).flatMap((key) => {
    const clash = pack[key].flatMap((a, i) =>
      seen.has(a.id) ? [{ path: [key, i, 'id'], code: 'duplicate_id', zh: `${a.id} 已是另一个岗位、工作组、职能或单位的编号` }] : [],
    );
    for (const a of pack[key]) seen.add(a.id);
    return clash;
  });
}

/** Task ids are unique over the whole pack: an incident's tasks are known by them. */
function taskFaults(pack: PlanPack): readonly PlanFault[] {
  const tasks = (['procedure', 'groups', 'functions'] as const).flatMap((key) =>
    pack[key].flatMap((owner, i) => owner.tasks.map((task, j) => ({ id: task.id, path: [key, i, 'tasks', j, 'id'] }))),
  );
  return tasks.flatMap(({ id, path }, i) =>
    tasks.findIndex((t) => t.id === id) < i ? [{ path, code: 'duplicate_id', zh: `任务重复：${id}` }] : [],
  );
}

function orderFaults({ procedure }: PlanPack): readonly PlanFault[] {
  return procedure.flatMap((step, i) =>
    step.seq === i + 1 ? [] : [{ path: ['procedure', i, 'seq'], code: 'step_order', zh: `步骤要从 1 起依次编号，这里应为 ${i + 1}` }],
  );
}
