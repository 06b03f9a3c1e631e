/** Every event of an incident is answered and told: to whom, in which words, and how much of it in which room. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IncidentEvent } from '../../../src/core/incident/events';
import { textsNeeded } from '../../../src/core/notices/compose/view';
import { notices } from '../../../src/core/notices/notices';
import { clear } from '../../../src/core/privacy/clear';
import {
  activate,
  clock,
  done,
  type Given,
  given,
  happenedAt,
  levelSet,
  type Past,
  ROSTER,
  reported,
  standInNamed,
  words,
} from '../builders';
import { composed, lastOwed, readable, theOne } from './intents';
import { SAMPLES } from './samples';

const TYPES = Object.keys(SAMPLES) as IncidentEvent['type'][];
const WORDS = {
  what: '封存账册三十本',
  why: '波及两省',
  report: '福满楼超市',
  'why-changed': '扩散',
  'why-ended': '散去',
  'why-end': '散去',
};

/** What has to have happened before. */
const BEFORE: Partial<Record<IncidentEvent['type'], readonly IncidentEvent['type'][]>> = {
  IncidentReported: [],
  LevelChanged: ['LevelSet', 'ResponseActivated'],
  ResponseLevelChanged: ['LevelSet', 'ResponseActivated'],
  LevelConfirmed: ['LevelSet'],
  OralApprovalConfirmed: ['OralApprovalRecorded'],
  ResponseActivated: ['LevelSet'],
  TransferReceived: ['IncidentTransferred'],
  TransferReturned: ['IncidentTransferred'],
  TerminationProposed: ['LevelSet', 'ResponseActivated'],
  TerminationRefused: ['LevelSet', 'ResponseActivated', 'TerminationProposed'],
  ResponseTerminated: ['LevelSet', 'ResponseActivated'],
  IncidentReopened: ['LevelSet', 'ResponseActivated', 'ResponseTerminated'],
  TaskCompleted: ['TasksGiven'],
  TaskReturned: ['TasksGiven', 'TaskCompleted'],
  TaskReassigned: ['TasksGiven'],
  TaskChecked: ['TasksGiven', 'TaskCompleted'],
  MemberAdded: ['LevelSet', 'ResponseActivated'],
  MemberRemoved: ['LevelSet', 'ResponseActivated'],
  DirectiveAnswered: ['DirectiveReceived'],
  RecordEntered: ['RecordOpened'],
  PaperRevised: ['PaperDrafted'],
  PaperPassed: ['PaperDrafted'],
  PaperSigned: ['PaperDrafted'],
  PaperSentBack: ['PaperDrafted'],
  PaperReassigned: ['PaperDrafted'],
  PaperCommented: ['PaperDrafted'],
  PaperNumbered: ['PaperDrafted', 'PaperSigned'],
  PaperSent: ['PaperDrafted', 'PaperSigned'],
  PaperReceipted: ['PaperDrafted', 'PaperSigned', 'PaperSent'],
  PaperVoided: ['PaperDrafted'],
};

function momentOf(type: IncidentEvent['type']): Given {
  const before = BEFORE[type] ?? [];
  const first = type === 'IncidentReported' ? [] : [reported()];
  return given(...first, ...before.map((t) => SAMPLES[t]), SAMPLES[type]);
}

/** Everything the last event owes, in the words of that moment. */
function messages(g: Given) {
  return lastOwed(g).flatMap((intent) => {
    const message = composed(g, intent, WORDS);
    return message === null ? [] : [{ intent, message }];
  });
}

describe.each(TYPES)('%s', (type) => {
  test('在提出的会话里有回执，提醒和销毁除外', () => {
    const g = momentOf(type);
    const answers = messages(g).filter(({ intent }) => 'conversation' in intent.to && intent.answers);
    expect(answers.length).toBe(['DeadlinesRang', 'DataPurged', 'NotReached'].includes(type) ? 0 : 1);
  });

  test('事件写明要告知的群、要告知的人，各有一条', () => {
    const g = momentOf(type);
    const event: IncidentEvent = SAMPLES[type].event;
    const told = 'told' in event ? event.told : { rooms: [], people: [] };
    const reached = messages(g).map(({ intent: { to } }) => Object.values(to)[0]);
    expect(reached).toEqual(expect.arrayContaining([...told.rooms, ...told.people]));
  });

  test('被点的人都被 @，私信里有按钮（第3节）', () => {
    const g = momentOf(type);
    const event: IncidentEvent = SAMPLES[type].event;
    for (const { person, room } of 'asked' in event ? event.asked : []) {
      const all = messages(g);
      expect(all.some(({ intent, message }) => intent.leg === 'page' && message.mentions.includes(person) && room !== null)).toBe(true);
      const own = all.filter(({ intent: { to } }) => 'person' in to && to.person === person);
      expect(own.some(({ message }) => message.buttons.length > 0)).toBe(true);
    }
  });

  test('在只准指引的群里没有原话、数字和不相干的姓名，在完全公开的群里有标题和编号（第6节）', () => {
    const g = momentOf(type);
    const event: IncidentEvent = SAMPLES[type].event;
    const called = new Set([
      ...('asked' in event ? event.asked.map((a) => a.person) : []),
      ...('paged' in event ? event.paged : []),
      ...(type === 'DeadlinesRang' ? ['hubin1', 'deputy1'] : []),
    ]);
    const said = new Set(type === 'ProgressReported' ? ['site1'] : type === 'Acknowledged' ? ['hubin1'] : []);
    const others = [...ROSTER.people.values()].filter((p) => !called.has(p.id) && !said.has(p.id)).map((p) => p.name);
    for (const { message } of messages(g)) {
      const seen = readable(clear(message, 'pointer'));
      for (const secret of [...Object.values(WORDS), '4321', '较大', '重大', ...others])
        expect([secret, seen.includes(secret)]).toEqual([secret, false]);
      expect(message.heading).toMatch(/^#1 .{2,}/);
    }
  });
});

/** Texts that stand in the event are asked of the vault and shown where everything may be seen. */
test.each(TYPES.filter((t) => Object.values(SAMPLES[t].event).some((v) => typeof v === 'object' && v !== null && 'commitment' in v)))(
  '%s：原话取得到，并且说出来',
  (type) => {
    const g = momentOf(type);
    const ids = Object.values(SAMPLES[type].event).flatMap((v) =>
      typeof v === 'object' && v !== null && 'commitment' in v ? [v.id as string] : [],
    );
    expect(textsNeeded(g.state, lastOwed(g))).toEqual(expect.arrayContaining(ids));
    const all = messages(g)
      .map(({ message }) => readable(message))
      .join('\n');
    const shown = type === 'StandInNamed' ? [] : ids.flatMap((id) => WORDS[id as keyof typeof WORDS] ?? []);
    for (const one of shown) expect(all).toContain(one);
  },
);

test('随便怎样先后发生，任何时候补发任何一条，都说得出话，不出错', () => {
  const events = fc.array(fc.constantFrom(...TYPES.filter((t) => t !== 'IncidentReported')), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(events, (types) => {
      const g = given(reported(), ...types.map((t): Past => SAMPLES[t]));
      for (const recorded of g.history)
        for (const intent of notices(recorded)) {
          const message = composed(g, intent, WORDS);
          if (message === null) continue;
          expect(message.heading).toMatch(/^#1 .{2,}/);
          expect(message.lines.every((l) => l.parts.some((p) => p.text.trim() !== ''))).toBe(true);
        }
    }),
    { numRuns: 60, seed: 20260311 },
  );
});

describe('权力从哪里来，决定的通知都写明（第1节）', () => {
  const spoken = { type: 'OralApprovalRecorded', ...done('leader1'), id: 'oral-1', act: 'SetLevel', who: 'director' } as const;
  const recorded = happenedAt('09:12', { ...spoken, approvedAt: clock('09:11'), words: words('what'), heardBy: [] });
  const all = (g: Given) =>
    messages(g)
      .map(({ message }) => readable(message))
      .join('\n');

  test('口头批准的写明待补书面确认', () => {
    expect(all(given(reported(), recorded, levelSet(3, '09:12', { oral: 'oral-1' })))).toContain('（口头批准，待补书面确认）');
    expect(all(given(reported(), levelSet(3, '09:12')))).not.toContain('口头批准');
  });

  test('代行期间的写明谁代行谁、到什么时候', () => {
    const g = given(reported(), standInNamed('deputy1'), levelSet(3, '09:13'));
    expect(all(g)).toContain('代行');
    expect(all(g)).toContain('3月11日 12:00');
  });
});

test('预案自带的任务写在组长的私信里，群里只说有几项，不另发消息', () => {
  const g = given(reported(), levelSet(3)).after('director', activate(), { room: 'hq' });
  const tasks = g.history.filter((r) => r.event.type === 'TasksGiven');
  expect(tasks).toHaveLength(1);
  expect(tasks.flatMap((r) => notices(r))).toEqual([]);
  const said = (wanted: string): string => {
    const message = composed(g, theOne(g, wanted), WORDS);
    return message === null ? '' : readable(message);
  };
  expect(said('call_out person:site1 show')).toContain('报出发、到达和现场情况〔2.2（2）〕');
  expect(said('call_out person:site1 show')).toContain('您承办的任务：');
  expect(said('call_out room:hq page')).toContain('见负责人私信');
  expect(said('call_out room:hq page')).not.toContain('报出发、到达和现场情况');
  expect(said('call_out person:site2 show')).not.toContain('您承办的任务：');
});

test('并案时，还没答复的人得知到哪里去办（第4节）', () => {
  const own = messages(momentOf('IncidentMerged')).find(({ intent: { to } }) => 'person' in to && to.person === 'hubin1');
  expect(own === undefined ? '' : readable(own.message)).toContain('请到 #2 继续办理');
});
