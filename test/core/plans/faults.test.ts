/** Planted faults in a copy of the shipped texts are named with file, line, code and a sentence (design.md section 3). */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openPack, readProfile } from '../../../src/config/planFiles';
import { bind, readRulebooks } from '../../../src/config/rulebooks';
import { type ConfigFault, parseYaml } from '../../../src/config/yamlFile';
import { profileSchema } from '../../../src/core/plans/profileSchema';
import { sha256 } from '../../../src/wiring/chance';
import { CONFIG, RULES } from '../builders';

const GRADED = 'plan-packs/consumer-mass-event/pack.yaml';
const FREE = 'plan-packs/network-trade-incident/pack.yaml';
const PROFILE = 'deadline-profiles/standard.yaml';
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fenghuo-plans-'));
  for (const file of [GRADED, FREE, PROFILE]) cpSync(join(CONFIG, file), join(dir, file), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Replaces the first occurrence and answers the line where `marker` then stands. */
function plant(file: string, find: string, put: string, marker: string): number {
  const before = readFileSync(join(dir, file), 'utf8');
  const after = before.replace(find, put);
  if (after === before) throw new Error(`${find} does not stand in ${file}`);
  writeFileSync(join(dir, file), after);
  return lineIn(after, marker);
}

function lineIn(text: string, marker: string): number {
  if (!text.includes(marker)) throw new Error(`${marker} does not stand there`);
  return text.slice(0, text.indexOf(marker)).split('\n').length;
}

function faults() {
  const read = readRulebooks(dir, 'standard', sha256);
  return read.is === 'faults' ? read.faults : [];
}

test('原样的副本没有错误', () => {
  expect(faults()).toEqual([]);
});

interface Planted {
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  readonly code: string;
  /** Stands on the line that must be named. */
  readonly at: string;
}

/** The line to be named is the first one of `put`, unless `at` says otherwise. */
const planted = (file: string, what: string, find: string, put: string, code: string, at = put): Planted => ({
  what,
  file,
  find,
  put,
  code,
  at,
});
const graded = planted.bind(null, GRADED);
const free = planted.bind(null, FREE);
const profile = planted.bind(null, PROFILE);

const PLANTED: readonly Planted[] = [
  graded(
    '方案没有写由谁决定',
    'decide: [commander, deputy_commander], clause: 2.1（1） }\n  - { kind: liaison',
    'clause: 2.1（1） }\n  - { kind: liaison',
    'record_without_power',
    '{ kind: scheme',
  ),
  graded('口径没有写由谁审核', ', check: [press_section, emergency_office]', '', 'record_without_power', '{ kind: holding_statement'),
  graded(
    '同一种工作记录写了两次',
    '{ kind: meeting,',
    '{ kind: document,',
    'duplicate_id',
    '{ kind: document, enter: [coordination, emergency_office, duty_officer]',
  ),
  free('工作记录的时限不是从登记时起算的环节', 'due: supervision_reply', 'due: task_ack', 'record_step', 'due: task_ack, clause: 四（三）'),
  free('工作记录的时限档案没有的环节', 'due: goods_issue', 'due: goods_never', 'unknown_deadline'),
  free(
    '工作记录由没有的岗位登记',
    'kind: meeting, enter: [coordination,',
    'kind: meeting, enter: [nobody,',
    'unbound_slot',
    'kind: meeting, enter: [nobody,',
  ),
  graded('预案里不认识的项', 'nature: template', 'nature: template\ncolour: red', 'unknown_key', 'colour: red'),
  graded('级别里不认识的项', '    sign: Ⅲ', '    sign: Ⅲ\n    colour: yellow', 'unknown_key', 'colour: yellow'),
  graded('缺少必填的项', '    sign: Ⅲ\n', '', 'missing', 'rank: 3\n    zh: 较大'),
  graded('步骤没有写明出自哪一款', '    zh: 现场处置\n    clause: 4.1（3）\n', '    zh: 现场处置\n', 'clause_missing', '  - seq: 3'),
  graded('条款目录里没有的条款', 'clause: 4.1（4）\n    actor', 'clause: 4.1（9）\n    actor', 'clause_unknown'),
  graded(
    '预案没有规定又不说是谁的规定',
    'id: emergency_office, zh: 应急办, clause: unspecified, mark: J,',
    'id: emergency_office, zh: 应急办, clause: unspecified,',
    'clause_missing',
  ),
  graded(
    '自定的内容没有依据',
    'zh: 档案员, clause: unspecified, mark: J, source: 一般程序：归档,',
    'zh: 档案员, clause: unspecified, mark: J,',
    'source_missing',
  ),
  graded('级别重复', '  - rank: 4\n', '  - rank: 3\n', 'duplicate_id', 'rank: 3\n    zh: 一般'),
  graded('一个叫法指两个级别', '四级, "4"', '三级, "4"', 'duplicate_id'),
  graded('没有任何人可以定级', 'set: { roles: [commander, deputy_commander] }', 'set: { roles: [] }', 'level_undeclared'),
  graded('没有任何人可以启动', 'activate: { roles: [territorial_head, commander] }', 'activate: { roles: [] }', 'level_undeclared'),
  graded('类别重复', '  - id: operator_violation', '  - id: media_exposure', 'duplicate_id', 'id: media_exposure\n    zh: 经营者'),
  graded('工作组重复', '  - id: legal\n', '  - id: opinion\n', 'duplicate_id', 'id: opinion\n    zh: 法律咨询组'),
  graded('岗位与工作组同名', 'id: archive_keeper, zh', 'id: logistics, zh', 'duplicate_id', '  - id: logistics\n    zh: 后勤'),
  graded('任务重复', 'id: gather_evidence', 'id: verify_facts', 'duplicate_id', 'id: verify_facts, zh: 逐项'),
  graded('步骤编号不连续', '  - seq: 4', '  - seq: 5', 'step_order'),
  graded('区间为空', 'deaths, min: 10, max: 30', 'deaths, min: 10, max: 10', 'range_empty'),
  graded('区间颠倒', 'deaths, min: 3, max: 10', 'deaths, min: 3, max: 2', 'range_empty'),
  graded('区间重叠', 'deaths, min: 3, max: 10', 'deaths, min: 3, max: 11', 'range_overlap', 'deaths, min: 10, max: 30'),
  graded('区间之间有空缺', 'deaths, min: 10, max: 30', 'deaths, min: 12, max: 30', 'range_gap'),
  graded('数字大的一行级别反而轻', '{ rank: 2, measure: deaths', '{ rank: 4, measure: deaths', 'range_order'),
  graded('标准指向没有的级别', '{ rank: 1, measure: deaths', '{ rank: 5, measure: deaths', 'unknown_level'),
  graded('没有列出的指标', '{ rank: 4, measure: gathering_at_gate', '{ rank: 4, measure: crowd', 'unknown_measure'),
  graded('类别用了没有的指标', 'measures: [deaths, injured]', 'measures: [deaths, hurt]', 'unknown_measure'),
  graded('标准指向没有的专项', 'matter: drug', 'matter: medicine', 'unknown_matter'),
  graded('任务指向没有的类别', 'categories: [operator_violation]', 'categories: [violation]', 'unknown_category'),
  graded('步骤的承办没有落到任何岗位', 'actor: [on_site]', 'actor: [site_team]', 'unbound_slot'),
  graded('定级的角色没有列出', 'set: { roles: [duty_leader, deputy_director] }', 'set: { roles: [duty_leader, chief] }', 'unbound_slot'),
  graded('总指挥没有列出', '  commander: commander', '  commander: chief', 'unbound_slot'),
  graded('报告路径没有最后的收文人', 'to: [superior_department]', 'to: []', 'path_without_recipient'),
  graded(
    '级别用了没有的签发链',
    'profile_column: "3"\n    sign_off: deputy_signs',
    'profile_column: "3"\n    sign_off: nobody_signs',
    'unknown_chain',
    'sign_off: nobody_signs',
  ),
  graded(
    '签发链没有人签发',
    '      - { act: sign, by: [director] }\n',
    '',
    'chain_order',
    'steps:\n      - { act: draft, by: [section_in_charge, duty_officer] }',
  ),
  graded(
    '拟稿人自己签发',
    '{ act: sign, by: [duty_leader] }',
    '{ act: sign, by: [duty_officer] }',
    'chain_order',
    'steps:\n      - { act: draft, by: [duty_officer] }',
  ),
  graded(
    '步骤用了时限档案没有的环节',
    'deadlines: [tell_duty_leader, phone_superior, written_first]\n',
    'deadlines: [tell_duty_leader, phone_home]\n',
    'unknown_deadline',
  ),
  graded('级别用了时限档案没有的列', 'profile_column: "3"', 'profile_column: "9"', 'unknown_column'),
  graded('未定级用了时限档案没有的列', 'profile_column: ungraded', 'profile_column: pending', 'unknown_column'),
  graded('专项时限用了没有的列', 'ungraded: 120 }, basis: law', 'other: 120 }, basis: law', 'unknown_column'),
  graded('专项时限没有说用于什么', 'step: written_first, matter: food,', 'step: written_first,', 'override_subject'),
  graded('选项的缺省不在选项里', 'default: gravest }', 'default: worst }', 'setting_value'),
  graded('选项的数字超出范围', 'max: 720, default: 72', 'max: 720, default: 721', 'setting_value'),
  graded('不认识的文书', 'papers: [evidence_list]', 'papers: [novel]', 'wrong_value'),
  graded('该写数字的写了文字', '{ rank: 1, measure: deaths, min: 30,', '{ rank: 1, measure: deaths, min: 三十,', 'wrong_type'),
  graded('编号写成了中文', '  - id: legal\n', '  - id: 法律\n', 'wrong_value'),
  graded('编号与文件夹名不一致', 'pack: consumer-mass-event', 'pack: consumer-event', 'file_name'),
  graded(
    '分级的预案在未定级里写启动权',
    'sign_off: deputy_signs }\nlevels',
    'sign_off: deputy_signs, calls: groups }\nlevels',
    'level_scheme',
  ),
  graded('YAML 写坏', 'nature: template', 'nature: template: graded', 'yaml'),
  graded('同一项写了两次', 'nature: template', 'nature: template\nnature: issued_plan', 'yaml', 'nature: issued_plan'),
  free('不分级的预案列了级别', 'levels: []', 'levels:\n  - { rank: 1 }', 'level_scheme'),
  free('不分级的预案启用数值标准', 'thresholds_enabled: false', 'thresholds_enabled: true', 'level_scheme'),
  free('不分级的预案没有写谁可以启动', '  activate: { roles: [deputy_director, section_head] }\n', '', 'level_scheme', 'ungraded:\n'),
  free('职能重复', '  - id: measures\n', '  - id: coordination\n', 'duplicate_id', 'id: coordination\n    zh: 制定措施'),
  free(
    '报告路径用了没有的签发链',
    'sign_off: leader_signs\n  - { id: section_to',
    'sign_off: chief_signs\n  - { id: section_to',
    'unknown_chain',
  ),
  profile(
    '缺一列',
    'minutes: { "1": 5, "2": 5, "3": 5, "4": 10, ungraded: 5 }',
    'minutes: { "1": 5, "2": 5, "3": 5, ungraded: 5 }',
    'column_missing',
  ),
  profile('多一列', 'ungraded: 10 }', 'ungraded: 10, "5": 9 }', 'unknown_column', '- id: tell_duty_leader'),
  profile('阶梯最后不是 100', '{ at: 100,', '{ at: 95,', 'rung_order', 'ladder:'),
  profile('阶梯不升', '{ at: 80,', '{ at: 40,', 'rung_order', 'ladder:'),
  profile('阶梯里不认识的动作', 'do: [room_again]', 'do: [shout]', 'wrong_value'),
  profile('分钟数为零', '"1": 5, "2": 5, "3": 5', '"1": 0, "2": 5, "3": 5', 'too_small'),
  profile('不认识的项', 'title: 标准', 'title: 标准\nowner: 某人', 'unknown_key', 'owner: 某人'),
  profile('少了离不开的环节', '  - id: group_ack', '  - id: group_answer', 'step_missing', 'steps:'),
  profile('不认识的起算点', 'starts: oral_approval', 'starts: one_day', 'wrong_value'),
];

/** The one file that was changed, as the start looks at it. */
function faultsIn(file: string): readonly ConfigFault[] {
  return file === PROFILE ? readProfile(join(dir, file)).faults : openPack(dirname(join(dir, file))).under(RULES.profile).faults;
}

test.each(PLANTED)('$what：指出文件、行和错误代码', ({ file, find, put, at, code }) => {
  const line = plant(file, find, put, at);
  const all = faultsIn(file);
  expect(all.filter((f) => f.file === join(dir, file) && f.line === line).map((f) => f.code)).toContain(code);
  for (const { zh } of all) expect(zh).toMatch(/[\u4e00-\u9fff]/);
});

test('分级的预案一个级别也没列', () => {
  const source = readFileSync(join(dir, GRADED), 'utf8');
  const emptied = `${source.slice(0, source.indexOf('\nlevels:'))}\nlevels: []\n${source.slice(source.indexOf('grading:'))}`;
  writeFileSync(join(dir, GRADED), emptied);
  expect(faults()).toContainEqual({
    file: join(dir, GRADED),
    line: lineIn(emptied, 'levels: []'),
    code: 'level_scheme',
    zh: '分级的预案必须列出级别',
  });
});

test('只作记录的档案不得选用', () => {
  plant(PROFILE, 'status: usable', 'status: history', 'status');
  expect(faults()).toMatchObject([{ file: join(dir, PROFILE), code: 'profile_history' }]);
});

test('几个文件各有错，写法的错和意思的错一次全部列出', () => {
  const wanted = [
    [GRADED, plant(GRADED, 'nature: template', 'nature: template\ncolour: red', 'colour'), 'unknown_key'],
    [GRADED, plant(GRADED, '    zh: 现场处置\n    clause: 4.1（3）\n', '    zh: 现场处置\n', '  - seq: 3'), 'clause_missing'],
    [GRADED, plant(GRADED, '  - rank: 4\n', '  - rank: 3\n', 'rank: 3\n    zh: 一般'), 'duplicate_id'],
    [GRADED, plant(GRADED, 'actor: [investigation]', 'actor: [detectives]', 'actor: [detectives]'), 'unbound_slot'],
    [FREE, plant(FREE, 'to: [director], when', 'to: [], when', 'to: [], when'), 'path_without_recipient'],
    [PROFILE, plant(PROFILE, '{ at: 100,', '{ at: 95,', 'ladder:'), 'rung_order'],
  ] as const;
  const found = faults().map((f) => [f.file, f.line, f.code]);
  for (const [file, line, code] of wanted) expect(found).toContainEqual([join(dir, file), line, code]);
});

test('写法的错不牵出别的错：缺了一项，只说缺这一项', () => {
  plant(GRADED, '    sign: Ⅲ\n', '', 'rank: 3');
  expect(faults().map((f) => f.code)).toEqual(['missing']);
});

test('缺文件、缺文件夹也说清是哪一个', () => {
  rmSync(join(dir, PROFILE));
  expect(faults()).toEqual([{ file: join(dir, PROFILE), line: 0, code: 'unreadable', zh: expect.stringContaining('读不到文件') }]);
  rmSync(join(dir, 'plan-packs'), { recursive: true });
  expect(faults().map((f) => f.file)).toContain(join(dir, 'plan-packs'));
});

test('已钉住的预案文字坏了，是数据库的错误，直接报错', () => {
  expect(() => bind('pack: x', 'profile: y', sha256)).toThrow('pinned rulebook');
});

test('另一文件名下的文字同样检查', () => {
  expect(parseYaml('某处', 'profile: x\n', profileSchema)).toMatchObject({ is: 'faults' });
});

test('星号开头而没有加引号的文字：指出是哪一行；层层引用、层次过深同样是一句话', () => {
  expect(parseYaml('某处', 'profile: x\nname: *注意\n', profileSchema)).toEqual({
    is: 'faults',
    faults: [{ file: '某处', line: 2, code: 'yaml', zh: expect.stringContaining('请加引号') }],
  });
  const flood = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghi'].map((name, i) => `${name}: &${name} [${`*${'abcdefghi'[i]},`.repeat(9)}]`),
  ];
  for (const text of [flood.join('\n'), '['.repeat(50_000) + ']'.repeat(50_000), `${'- '.repeat(20_000)}x`])
    expect(parseYaml('某处', text, profileSchema)).toEqual({
      is: 'faults',
      faults: [{ file: '某处', line: 1, code: 'yaml', zh: expect.any(String) }],
    });
});
