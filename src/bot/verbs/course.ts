/** Verbs that move an incident along its course: started, watched, handed on, joined, ended, taken up again, filed. */
import type { IncidentCommand } from '../../core/incident/commands';
import { type Refusal, refuse } from '../../core/incident/refusal';
import { around, momentIn } from '../arguments/moment';
import { allNamedAt, namedAt } from '../arguments/named';
import { type Built, built, glued, reasoned, row, type Said, under, type VerbRow, worded } from './row';
import { allCriteria, alone, eachParty, eachTrigger } from './samples';

export const COURSE_VERBS: readonly VerbRow[] = under({ section: '走向', who: '带班领导、科室负责人、指挥人' }, [
  row('activate', ['启动', '启动响应'], '启动〔情形〕', '启动应急响应并点名', activate, {
    who: '该级别的有权人员',
    confirms: true,
    samples: eachTrigger,
  }),
  row(
    'monitor',
    ['关注', '持续关注'],
    '关注〔理由〕',
    '暂不启动，持续关注',
    reasoned((reason) => ({ type: 'StartMonitoring', reason })),
  ),
  row('transfer', ['转办'], '转办〔单位〕〔理由〕', '转其他单位办理', transfer, { confirms: true, samples: eachParty }),
  row('receipt', ['回执', '签收'], '回执〔签收人〕〔时间〕', '登记转办单位签收', receipt, { who: '值班员、带班领导、应急办' }),
  row(
    'transfer_back',
    ['退回转办', '转办退回'],
    '退回转办〔理由〕',
    '对方退回，本局继续办理',
    reasoned((reason) => ({ type: 'ReturnTransfer', reason })),
  ),
  row(
    'dismiss',
    ['不列入', '不列为突发事件'],
    '不列入〔理由〕',
    '不列为突发事件',
    reasoned((reason, { confirmed }) => ({ type: 'DismissIncident', reason, confirmed })),
    { confirms: true },
  ),
  glued(
    row('merge', ['并案'], '并案 #〔另一事件〕〔理由〕', '并入另一事件', merge, {
      who: '值班员、带班领导、应急办',
      confirms: true,
      samples: ({ state }) => [`#${state.n + 1} 同一件事`],
    }),
  ),
  row(
    'split',
    ['分案', '拆分'],
    '分案〔分出的情况〕',
    '将一部分作为新事件另行办理',
    reasoned((reason) => ({ type: 'SplitIncident', off: 0, reason })),
    { who: '值班员、带班领导、应急办' },
  ),
  row(
    'propose_end',
    ['拟终止', '建议终止'],
    '拟终止〔条件〕〔理由〕',
    '提请终止响应',
    (said) => grounded(said, (grounds, reason) => ({ type: 'ProposeTermination', grounds, reason })),
    { who: '指挥机构成员', samples: allCriteria },
  ),
  row(
    'refuse_end',
    ['不同意终止'],
    '不同意终止〔理由〕',
    '退回终止的提请',
    reasoned((reason) => ({ type: 'RefuseTermination', reason })),
  ),
  row(
    'terminate',
    ['终止', '终止响应'],
    '终止〔条件〕〔理由〕',
    '终止应急响应',
    (said) =>
      grounded(said, (grounds, reason) => ({
        type: 'TerminateResponse',
        ...(grounds.length === 0 ? {} : { grounds }),
        reason,
        confirmed: said.confirmed,
      })),
    { who: '有权启动的人员', confirms: true, samples: allCriteria },
  ),
  row(
    'reopen',
    ['事态反复', '复发'],
    '事态反复〔理由〕',
    '终止后事态反复，恢复响应',
    reasoned((reason) => ({ type: 'ReopenIncident', reason })),
    { who: '指挥人' },
  ),
  row('review', ['总结评估', '评估'], '总结评估', '开始总结评估', () => built({ type: 'StartReview' }), { samples: alone }),
  row('archive', ['归档'], '归档', '办结归档', () => built({ type: 'ArchiveIncident' }), { who: '应急办、档案员', samples: alone }),
]);

function activate({ rules, rest, confirmed, state }: Said): Built | Refusal {
  if (rest === '') return built({ type: 'ActivateResponse', confirmed });
  const { triggers } = rules.pack.activation;
  const trigger = namedAt(triggers, rest);
  if (trigger === null)
    return refuse(
      'no_such_trigger',
      triggers.length === 0 ? '启动响应不用写其他内容。' : '没有读出启动情形。',
      triggers.length === 0 ? `#${state.n} 启动` : `可写：${triggers.map((t) => t.zh).join('、')}`,
    );
  return built({ type: 'ActivateResponse', trigger: trigger.found.id, confirmed });
}

function transfer(said: Said): Built | Refusal {
  const { parties } = said.rules.pack;
  const organ = namedAt(parties, said.rest);
  if (organ === null)
    return refuse(
      'which_party',
      '没有读出转给哪个单位。',
      `可转办：${parties.map((p) => p.zh).join('、')}。#${said.state.n} 转办〔单位〕〔理由〕`,
    );
  return worded(said, 'reason', organ.rest, (reason) => ({
    type: 'TransferIncident',
    organ: organ.found.id,
    reason,
    confirmed: said.confirmed,
  }));
}

function receipt(said: Said): Built {
  const moment = momentIn(said.rest, said.turn.heardAt);
  return worded(said, 'receipt', around(moment, said.rest), (who) => ({
    type: 'RecordReceipt',
    who,
    receivedAt: moment?.at ?? said.turn.heardAt,
  }));
}

function merge(said: Said): Built | Refusal {
  const into = mergedInto(said.rest);
  if (into === null) return refuse('which_incident', '没有读出并入哪一起事件。', `#${said.state.n} 并案 #另一事件`);
  return worded(said, 'reason', into.rest, (reason) => ({ type: 'MergeInto', n: into.n, reason, confirmed: said.confirmed }));
}

/** The number behind 并案; null where none is told. */
export function mergedInto(rest: string): { readonly n: number; readonly rest: string } | null {
  const told = /^(?:入|到)?\s*[#＃]?\s*([0-9０-９]{1,6})(?![0-9０-９])[\s,，。:：]*/u.exec(rest);
  return told?.[1] === undefined ? null : { n: Number(told[1].normalize('NFKC')), rest: rest.slice(told[0].length) };
}

/** The plan's own criteria named at the front; all words together are the reason. */
function grounded(
  said: Said,
  command: (grounds: readonly string[], reason: Parameters<Parameters<typeof worded>[3]>[0]) => IncidentCommand,
): Built {
  const grounds = allNamedAt(said.rules.pack.termination.criteria, said.rest).found.map((ground) => ground.id);
  return worded(said, 'reason', said.rest, (reason) => command(grounds, reason));
}
