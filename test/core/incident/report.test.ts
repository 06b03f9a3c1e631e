/** 接报, decisions.md section 4: who is asked, who is told, what is marked. */
import { expect, test } from '@jest/globals';
import { clock, event, given, NOTHING_TOLD, proposal, report, rosterWith, told } from '../builders';

const inDistrict = (name: string) => report({ fields: { ...NOTHING_TOLD, district: told(name) } });

const OFFICER = ['duty_ack', 'duty1', 'duty'];
const HUBIN = ['prior_handling', 'hubin1', 'county-hubin'];
const SHANZHOU = ['prior_handling', 'shanzhou1', 'county-shanzhou'];
const KFQ = ['prior_handling', 'kfq1', 'branch-kfq'];

test.each<
  [string, { who: string; room: string | null; district?: string; asked: string[][]; rooms: string[]; people: string[]; county?: string }]
>([
  ['值班群里别人报告：点值班员签收，私信带班领导', { who: 'office1', room: 'duty', asked: [OFFICER], rooms: [], people: ['leader1'] }],
  ['值班员自己报告：不再点他签收', { who: 'duty1', room: 'duty', asked: [], rooms: [], people: ['leader1'] }],
  ['不当班的值班员报告：仍点当班的签收', { who: 'duty2', room: 'duty', asked: [OFFICER], rooms: [], people: ['leader1'] }],
  ['带班领导自己报告：不再私信他', { who: 'leader1', room: 'duty', asked: [OFFICER], rooms: [], people: [] }],
  ['私聊报告：值班群得知，点值班员签收', { who: 'office1', room: null, asked: [OFFICER], rooms: ['duty'], people: ['leader1'] }],
  [
    '指明县区：只点该县区第一人先期处置',
    { who: 'duty1', room: 'duty', district: '湖滨区', asked: [HUBIN], rooms: [], people: ['leader1'], county: 'hubin' },
  ],
  ['县区写简称也算', { who: 'duty1', room: 'duty', district: '湖滨', asked: [HUBIN], rooms: [], people: ['leader1'], county: 'hubin' }],
  ['直属分局与县区一样', { who: 'duty1', room: 'duty', district: '开发区', asked: [KFQ], rooms: [], people: ['leader1'], county: 'kfq' }],
  ['外地县区不属本局：不点任何县区', { who: 'duty1', room: 'duty', district: '西湖区', asked: [], rooms: [], people: ['leader1'] }],
  ['县区未知：谁也不点', { who: 'duty1', room: 'duty', asked: [], rooms: [], people: ['leader1'] }],
  [
    '县区群里报本县的事：不再点本县，值班群得知',
    { who: 'hubin2', room: 'county-hubin', district: '湖滨区', asked: [OFFICER], rooms: ['duty'], people: ['leader1'], county: 'hubin' },
  ],
  [
    '县区群里报告未写县区：按本县',
    { who: 'hubin2', room: 'county-hubin', asked: [OFFICER], rooms: ['duty'], people: ['leader1'], county: 'hubin' },
  ],
  [
    '县区群里报别县的事：点别县先期处置',
    {
      who: 'hubin2',
      room: 'county-hubin',
      district: '陕州区',
      asked: [OFFICER, SHANZHOU],
      rooms: ['duty'],
      people: ['leader1'],
      county: 'shanzhou',
    },
  ],
])('%s', (_title, { who, room, district, asked, rooms, people, county }) => {
  const e = event(given().when(who, district === undefined ? report() : inDistrict(district), { room }), 'IncidentReported');
  expect(e.asked.map((a) => [a.kind, a.person, a.room])).toEqual(asked);
  expect(e.told).toEqual({ rooms, people });
  expect(e.county).toBe(county ?? null);
  expect(e.unverified).toBe(false);
});

test.each<[string, string[]]>([
  ['public_safety_stability', ['leader1']],
  ['concentrated_complaints', []],
  ['media_exposure', []],
  ['operator_violation', []],
  ['other_wide_attention', []],
])('类别 %s：在值班群 @ 带班领导的是 %j（第4节）', (category, paged) => {
  expect(event(given().when('office1', report({ suggestion: proposal(3, category) })), 'IncidentReported').paged).toEqual(paged);
});

test('带班领导自己报告公共安全事件，不 @ 他本人', () => {
  expect(event(given().when('leader1', report({ suggestion: proposal(3, 'public_safety_stability') })), 'IncidentReported').paged).toEqual(
    [],
  );
});

test.each<[string, string | null]>([
  ['没有角色的来访人员', 'guest1'],
  ['通讯录里没有的人', null],
])('%s报告：只 @ 值班员，标未核实（第4节）', (_title, who) => {
  const sensitive = report({ fields: { ...NOTHING_TOLD, district: told('湖滨区') }, suggestion: proposal(3, 'public_safety_stability') });
  const e = event(given().when(who, sensitive), 'IncidentReported');
  expect(e.unverified).toBe(true);
  expect(e.asked.map((a) => [a.kind, a.person, a.room])).toEqual([OFFICER]);
  expect(e.paged).toEqual([]);
});

test('要素不全的报告照收，不因缺项拒绝（程序1.1）', () => {
  const e = event(given().when('office1', report({ suggestion: proposal(null, null) })), 'IncidentReported');
  expect(e).toMatchObject({ n: 1, by: 'office1', room: 'duty', county: null, plan: 'consumer-mass-event', fields: NOTHING_TOLD });
});

test.each([
  ['08:59:59', ['duty1']],
  ['09:00', ['duty2']],
  ['16:59:59', ['duty2']],
  ['17:00', ['duty1']],
])('%s 接报点的是当时当班的人 %j，班次含头不含尾（程序1.6）；排班有空档时仍点名单上的第一人，不让报告没人接', (at, officers) => {
  const roster = rosterWith({
    shifts: [
      { person: 'duty1', role: 'duty_officer', from: clock('01:00'), until: clock('09:00') },
      { person: 'duty2', role: 'duty_officer', from: clock('09:00'), until: clock('17:00') },
    ],
  });
  const e = event(given().under({ roster }).when('office1', report(), { at }), 'IncidentReported');
  expect(e.asked.map((a) => a.person)).toEqual(officers);
});

test('同一条报告重复处理，点名的编号不变', () => {
  const twice = [0, 1].map(() => given().when('office1', inDistrict('湖滨区')));
  expect(twice[0]).toEqual(twice[1]);
});
