/** Ways upward that end nowhere, sign-off chains that nobody signs, and settings whose answer is none of theirs. */
import type { PlanPack } from '../packSchema';
import type { PlanFault } from './fault';

/** `path_without_recipient`. */
export function pathFaults({ reporting_paths }: PlanPack): readonly PlanFault[] {
  return reporting_paths.flatMap((path, i) =>
    path.to.length > 0
      ? []
      : [{ path: ['reporting_paths', i, 'to'], code: 'path_without_recipient', zh: `报告路径“${path.zh}”没有最后的收文人` }],
  );
}

const ORDER = ['draft', 'review', 'text_check', 'sign', 'send'] as const;

/** A chain runs from draft to send, is signed once on the way, and nobody signs his own draft. */
export function chainFaults({ sign_off }: PlanPack): readonly PlanFault[] {
  return sign_off.flatMap((chain, i) => {
    const acts = chain.steps.map((s) => ORDER.indexOf(s.act));
    const by = (act: string): readonly string[] => chain.steps.filter((s) => s.act === act).flatMap((s) => s.by);
    const fault = (zh: string): PlanFault => ({ path: ['sign_off', i, 'steps'], code: 'chain_order', zh: `签发链“${chain.zh}”${zh}` });
    return [
      ...(acts.some((act, k) => act <= (acts[k - 1] ?? -1)) ? [fault('要依拟稿、审核、核稿、签发、报送的次序，各一次')] : []),
      ...(['draft', 'sign', 'send'] as const).filter((act) => by(act).length === 0).map((act) => fault(`缺少 ${act}`)),
      ...by('draft')
        .filter((who) => by('sign').includes(who))
        .map((who) => fault(`不能由拟稿人自己签发：${who}`)),
    ];
  });
}

/** `setting_value`: a default or an answer that is no option or out of range. */
export function settingFaults({ settings }: PlanPack): readonly PlanFault[] {
  return settings.flatMap((setting, i) =>
    (['default', 'value'] as const).flatMap((key) => {
      const given = setting[key];
      return given === undefined || fits(setting, given)
        ? []
        : [{ path: ['settings', i, key], code: 'setting_value', zh: `“${setting.zh}”没有这个选择：${given}` }];
    }),
  );
}

function fits(setting: PlanPack['settings'][number], given: string | number): boolean {
  return setting.kind === 'choice'
    ? setting.options.some((o) => o.id === given)
    : setting.min <= Number(given) && Number(given) <= setting.max;
}

/** An override names the category or special matter it is for, exactly one. */
export function overrideFaults({ deadline_overrides }: PlanPack): readonly PlanFault[] {
  return deadline_overrides.flatMap((o, i) =>
    (o.category === undefined) === (o.matter === undefined)
      ? [{ path: ['deadline_overrides', i], code: 'override_subject', zh: '写明用于哪一类（category）或哪一专项（matter），只写一个' }]
      : [],
  );
}
