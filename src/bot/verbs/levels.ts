/** Verbs about level, warning, command and who decides in whose place. */
import { approvalsInOrder } from '../../core/incident/numbered';
import { type Refusal, refuse } from '../../core/incident/refusal';
import type { IncidentState } from '../../core/incident/state';
import { type LevelSaid, levelAt, levelIn } from '../arguments/level';
import { around, momentIn } from '../arguments/moment';
import { namedAt } from '../arguments/named';
import { numberAt } from '../arguments/number';
import { personAt } from '../arguments/person';
import { oralApproval } from './oral';
import { type Build, type Built, built, glued, row, type Said, under, type VerbRow, worded } from './row';
import { eachApprovable, eachApproval, eachDeputy, eachLevel, whileStoodIn } from './samples';

const DECIDED = { who: '该级别的有权人员', confirms: true, samples: eachLevel };

export const LEVEL_VERBS: readonly VerbRow[] = under({ section: '级别', who: '带班领导、应急办' }, [
  row('assess', ['研判'], '研判〔类别〕〔级别或情形〕〔意见〕', '提出类别和级别建议，可省略的取系统建议', assess, {
    who: '值班员、牵头科室、应急办',
  }),
  glued(
    row(
      'set_level',
      ['定级'],
      '定级〔级别〕〔理由〕',
      '定事件级别，与建议相同时可不写理由',
      levelled('SetLevel', '定级〔级别〕〔理由〕'),
      DECIDED,
    ),
  ),
  glued(row('change_level', ['调级'], '调级〔级别〕〔理由〕', '升级或降级', levelled('ChangeLevel', '调级〔级别〕〔理由〕'), DECIDED)),
  glued(
    row(
      'change_response_level',
      ['响应级别'],
      '响应级别〔级别〕〔理由〕',
      '只调整响应级别',
      levelled('ChangeResponseLevel', '响应级别〔级别〕〔理由〕'),
      { who: '指挥人', confirms: true, samples: eachLevel },
    ),
  ),
  glued(row('confirm_level', ['上级确认'], '上级确认〔级别〕〔确认人〕〔时间〕', '登记上级确认的级别', confirmLevel, { confirms: true })),
  glued(row('warn', ['预警', '发布预警'], '预警〔级别〕〔内容〕', '发布预警', warn)),
  row('lift_warning', ['预警解除', '解除预警'], '预警解除〔理由〕', '解除预警', (said) =>
    worded(said, 'warning', said.rest, (text) => ({ type: 'LiftWarning', text })),
  ),
  row('taken_over', ['上级接管'], '上级接管〔机关〕〔时间〕', '登记由上级机关指挥', takenOver),
  glued(row('stand_in', ['代行'], '代行〔@人〕〔理由〕', '登记由副职代行职责', standIn, { confirms: true, samples: eachDeputy })),
  glued(row('end_stand_in', ['撤销代行', '结束代行'], '撤销代行〔@人〕', '撤销代行', endStandIn, { samples: whileStoodIn })),
  row('oral_approval', ['口头批准'], '口头批准〔事项〕〔批准人〕〔时间〕〔原话〕', '登记口头批准，随即照办', oralApproval, {
    who: '当班带班领导',
    samples: eachApprovable,
  }),
  row('confirm_oral', ['确认口头批准', '补签'], '确认口头批准〔编号〕〔意见〕', '批准人补书面确认', confirmOral, {
    who: '批准人本人',
    samples: eachApproval,
  }),
]);

function levelled(type: 'SetLevel' | 'ChangeLevel' | 'ChangeResponseLevel', usage: string): Build {
  return (said) => {
    const level = asProposed(said) ?? levelAt(said.rules, said.rest, `#${said.state.n} ${usage}`);
    if (level.is === 'refusal') return level;
    return worded(said, 'reason', level.rest, (reason) => ({ type, rank: level.rank, reason, confirmed: said.confirmed }));
  };
}

/** 按研判, from a button `proposed`: the level a person proposed, else the one read from the report; so that a button need not name it in a room that may not see it. */
function asProposed({ state, rest }: Said): LevelSaid | null {
  const said = /^(?:按(?:研判|建议)|proposed)\s*/u.exec(rest);
  const rank = state.assessed?.rank ?? state.suggestion.rank;
  return said === null || rank === null ? null : { is: 'level', rank, rest: rest.slice(said[0].length) };
}

/** Category, level and trigger in any order; what is left is the opinion. */
function assess(said: Said): Built | Refusal {
  const { pack } = said.rules;
  let rest = said.rest;
  const found: { category: string | null; rank: number | null; trigger: string | null } = { category: null, rank: null, trigger: null };
  for (let before = ''; before !== rest; ) {
    before = rest;
    const category = found.category === null ? namedAt(pack.categories, rest) : null;
    const level = found.rank === null && category === null ? levelIn(said.rules, rest) : null;
    const trigger = found.trigger === null && category === null && level === null ? namedAt(pack.activation.triggers, rest) : null;
    found.category ??= category?.found.id ?? null;
    found.rank ??= level?.rank ?? null;
    found.trigger ??= trigger?.found.id ?? null;
    rest = (category ?? level ?? trigger)?.rest ?? rest;
  }
  const wrong = found.rank === null && LIKE_A_LEVEL.test(rest) ? levelAt(said.rules, rest, `#${said.state.n} 研判〔级别〕`) : null;
  if (wrong?.is === 'refusal') return wrong;
  return worded(said, 'assessment', rest, (text) => ({ type: 'ProposeAssessment', ...found, text }));
}

/** A level that the plan does not have is no opinion. */
const LIKE_A_LEVEL = /^[\u2160-\u216b一二三四五六七八九十IVX\d]{1,4}级/u;

/** The level may be left out where the one proposed is confirmed. */
function confirmLevel(said: Said): Built {
  const level = levelIn(said.rules, said.rest);
  const rest = level?.rest ?? said.rest;
  const moment = momentIn(rest, said.turn.heardAt);
  return worded(said, 'superior', around(moment, rest), (who) => ({
    type: 'ConfirmLevel',
    rank: level?.rank ?? said.state.levels.at(-1)?.rank ?? 0,
    who,
    confirmedAt: moment?.at ?? said.turn.heardAt,
    confirmed: said.confirmed,
  }));
}

/** Grades of a warning are the plan's own list, by name or by the level word. */
function warn(said: Said): Built {
  const { levels } = said.rules.pack.warning;
  const grades = typeof levels === 'string' ? [] : levels.map((zh, at) => ({ id: `${at + 1}`, zh }));
  const grade = namedAt(grades, said.rest);
  const level = grade === null ? levelIn(said.rules, said.rest) : null;
  const rank = grade === null ? (level?.rank ?? null) : Number(grade.found.id);
  return worded(said, 'warning', grade?.rest ?? level?.rest ?? said.rest, (text) => ({ type: 'IssueWarning', rank, text }));
}

function takenOver(said: Said): Built {
  const moment = momentIn(said.rest, said.turn.heardAt);
  return worded(said, 'organ', around(moment, said.rest), (ref) => ({
    type: 'TransferCommand',
    organ: ref,
    takenAt: moment?.at ?? said.turn.heardAt,
  }));
}

function standIn(said: Said): Built | Refusal {
  const found = personAt(said.turn.roster, said.rest, `#${said.state.n} 代行〔@人〕〔理由〕`);
  if (found.is === 'refusal') return found;
  const { person, rest } = found;
  return worded(said, 'reason', rest, (reason) => ({ type: 'NameStandIn', person, standsFor: null, reason, confirmed: said.confirmed }));
}

function endStandIn(said: Said): Built | Refusal {
  const named = said.rest === '' ? said.state.standIn?.person : undefined;
  if (named !== undefined) return built({ type: 'EndStandIn', person: named });
  const found = personAt(said.turn.roster, said.rest, `#${said.state.n} 撤销代行〔@人〕`);
  return found.is === 'refusal' ? found : built({ type: 'EndStandIn', person: found.person });
}

function confirmOral(said: Said): Built | Refusal {
  const { state, turn } = said;
  const numbered = numberAt(approvalsInOrder(state), said.rest);
  const own = approvalsInOrder(state).filter((one) => one.who === turn.person && one.confirmedAt === null);
  const meant = numbered?.found ?? (own.length === 1 ? own[0] : undefined);
  if (meant === undefined) return noApproval(state, own.length);
  return worded(said, 'approval', numbered?.rest ?? said.rest, (text) => ({ type: 'ConfirmOralApproval', id: meant.id, text }));
}

function noApproval({ n }: IncidentState, several: number): Refusal {
  return several > 1
    ? refuse('which_number', '有多条口头批准等您确认，请写明编号。', `#${n} 确认口头批准 1`)
    : refuse('no_such_approval', `事件 #${n} 没有等您确认的口头批准。`, `#${n} 待办`);
}
