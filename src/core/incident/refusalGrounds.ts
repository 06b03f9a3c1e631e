/** Why each code refuses: the rule in a few words and where it stands. Codes that only ask for a missing word need neither. */

export interface Grounds {
  /** The rule in a few words. */
  readonly rule: string;
  /** Where it stands; the plan's own clause where the plan decides. */
  readonly source: string;
}

const COURSE = { rule: '走到这一步才能办，办过的不重复', source: '值班室办理程序第3节（状态）' };
const AUTHORITY = { rule: '谁有权由预案和职权表定', source: '权限规则第1节、预案的授权条款' };
const LEVELS = { rule: '级别是预案自己的级别', source: '预案的分级条款' };
const PLAN = { rule: '只能写预案里有的条目', source: '预案' };
const DEADLINES = { rule: '时限只因办结、不适用或响应终止而结束，逾期须写原因', source: '值班室办理程序第5节（时限）' };
const ORAL = { rule: '口头批准由当班带班领导登记，批准人事后本人书面确认', source: '权限规则第1节（口头批准）' };
const STAND_IN = { rule: '只有预案所列副职可以代行，到提请的时候由带班领导登记', source: '权限规则第1节（代行）' };
const ANSWERS = { rule: '收到只算被点名的本人', source: '权限规则第5节（收到的含义）' };
const RECORD = { rule: '只记已经发生的事', source: '值班室办理程序第1节（如实记录）' };
const REASONS = { rule: '决定须写明理由', source: '权限规则第1节' };
const CODES = { rule: '会点名或改变事件的决定，须本人用确认码确认', source: '权限规则第1节（确认码）' };
const WORK = { rule: '任务、批示由承办人办结，未办好由交办人退回', source: '权限规则第3节（叫应与任务）' };
const DUTY = { rule: '交接班双方都确认，接班前不得离岗', source: '值班室办理程序第11节（值班）' };
const REGISTER = { rule: '台账每项有负责人和下次检查的日期', source: '预案的保障和管理条款' };
const PRIVACY = { rule: '个人信息只在必要时显示，用后销毁，留存须有人写明理由', source: '值班室办理程序第9节（保密和个人信息）' };
const RECORDS = { rule: '工作记录由预案写明的人登记、答复、审核和决定，逐步办理', source: '预案的 records 和各职责条款' };
const PAPERS = {
  rule: '文书按签发链逐步办理，自己拟的不签，报送后不再改',
  source: '预案的 sign_off 和报告路径；值班室办理程序第1、4、9节',
};
const EXPOSURE = { rule: '只办看得到的事件', source: '权限规则第6节（知悉范围）' };

const BY_GROUNDS: readonly (readonly [Grounds, string])[] = [
  [COURSE, 'aftermath_open already_activated already_graded already_joined already_received already_split incident_ended same_incident'],
  [COURSE, 'not_activated not_assessed not_graded wrong_status already_flagged not_flagged no_warning same_level'],
  [AUTHORITY, 'already_member not_member not_authorised not_a_leader not_concerned unknown_person own_swap own_handover'],
  [LEVELS, 'no_levels no_such_level level_required warning_without_levels nobody_to_call'],
  [
    PLAN,
    'no_such_category no_such_group no_such_ground no_such_measure no_such_party no_such_trigger trigger_required ground_required no_such_line which_party',
  ],
  [
    DEADLINES,
    'already_met is_an_ask late_reason_required line_served lines_required no_such_obligation obligation_void own_act which_obligation',
  ],
  [ORAL, 'already_confirmed approver_not_authorised no_such_approval own_approval which_act words_required'],
  [STAND_IN, 'no_stand_in not_a_deputy not_offered not_the_commander'],
  [ANSWERS, 'already_acknowledged nothing_asked nothing_to_withdraw'],
  [RECORD, 'in_future nothing_recorded wrong_figure spoke_with_required who_required organ_required result_wanted'],
  [REASONS, 'reason_required text_required'],
  [CODES, 'nothing_to_confirm wrong_code code_expired choice_expired dialogue_expired no_such_choice unknown_button'],
  [
    WORK,
    'already_answered already_done already_checked assignee_required due_passed evidence_required no_such_directive no_such_task not_done owes_work same_owner what_required',
  ],
  [DUTY, 'already_handed_over already_on_shift already_reported already_signed_in cannot_fill handover_not_prepared no_shift'],
  [
    DUTY,
    'no_special_period no_such_entry no_such_shift no_such_swap nobody_relieves nobody_rostered not_handed_over not_on_shift not_relieving',
  ],
  [DUTY, 'not_their_shift not_your_shift roll_call_running sheet_outdated shift_begun shift_closed shift_open shifts_clash'],
  [DUTY, 'special_running swap_running too_early unowned_deadline'],
  [REGISTER, 'item_closed item_entered next_required no_item no_such_kind not_in_plan nothing_changed review_too_late'],
  [PRIVACY, 'already_purged already_widened nothing_to_purge private_only reveal_elsewhere until_required'],
  [RECORDS, 'record_not_in_plan nobody_to_ask division_required due_required amount_required interval_required no_such_record'],
  [RECORDS, 'own_draft wrong_stage unit_differs too_much no_upload'],
  [PAPERS, 'already_sent no_such_element no_such_paper no_such_path not_sent number_required paper_frozen paper_void'],
  [PAPERS, 'personal_data secrecy_mark way_required'],
  [EXPOSURE, 'no_incident no_open_incident'],
  [EXPOSURE, 'content_apart no_role not_in_scope token_may_not_decide token_scope'],
];

const GROUNDS: ReadonlyMap<string, Grounds> = new Map(
  BY_GROUNDS.flatMap(([grounds, codes]) => codes.split(' ').map((code): [string, Grounds] => [code, grounds])),
);

/** Codes that ask for a word that was not typed, or not understood. */
const TYPING: ReadonlySet<string> = new Set(
  'addressee_required argument_missing no_such_person not_an_answer not_handled unknown_verb verb_needed which_county which_day which_incident which_kind which_move which_number which_paper which_person which_exposure which_decision'.split(
    ' ',
  ),
);

/** Rule and source of a code; null where only a word is missing. */
export function groundsOf(code: string): Grounds | null {
  return GROUNDS.get(code) ?? null;
}

/** Every code that is accounted for: with its rule, or as one that asks for a word. */
export function accountedCodes(): readonly string[] {
  return [...GROUNDS.keys(), ...TYPING].sort();
}
