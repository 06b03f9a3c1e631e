/** Exposure, decisions.md section 6: in a pointer room no message of any purpose shows names, figures, measures, levels or places finer than the county. */
import { describe, expect, test } from '@jest/globals';
import { askKey } from '../../../src/core/deadlines/deadlines';
import { suggestAmong } from '../../../src/core/grading/suggest';
import type { Intent, Purpose } from '../../../src/core/notices/intent';
import { notices } from '../../../src/core/notices/notices';
import { clear, SECRECY_LINE } from '../../../src/core/privacy/clear';
import { readReport } from '../../../src/core/report/read';
import {
  activate,
  changeLevel,
  clock,
  type Given,
  given,
  progress,
  propose,
  ROSTER,
  RULES,
  received,
  report,
  ring,
  setLevel,
  supplement,
  terminate,
  words,
} from '../builders';
import { open } from '../incident/recordBuilders';
import { composed, readable } from './intents';

const TEXT =
  '今早8点37分,湖滨区崤山路福满楼超市,六十七名消费者因预付卡退费聚集,3人受伤,涉及金额83万元,店主牛大山失联,已派执法人员封存账册,联系电话13900001111';
const MORE = '更正:现场增至78人,地点在黄河路东方广场';
const TEXTS = {
  report: TEXT,
  more: MORE,
  progress: '已劝离41人,马某某情绪激动',
  why: '波及两省,领导要求',
  order: '封存账册三十本',
  assessment: '波及两省',
};
/** Nothing of these may be read at pointer: the matter's own words, figures, names, places, levels, phones. */
const SECRETS = [
  ...['崤山路', '福满楼', '黄河路', '东方广场', '超市', '消费者因', '预付卡', '退费', '受伤', '牛大山', '封存', '账册', '失联'],
  ...['六十七', '67', '78', '83', '830000', '41', '13900001111', '139****1111'],
  ...['劝离', '马某某', '情绪', '波及两省', '领导要求', '彭访客'],
  ...['特别重大', '重大（', '较大', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ'],
  ...['派员到场', '立即赶赴', '固定证据', '100****'],
];
const FULL_ONLY = ['崤山路', '福满楼', '黄河路', '东方广场', '六十七', '牛大山', '封存', '劝离', '马某某', '波及两省', '13900001111'];

const reading = readReport(TEXT, clock('09:00'), { counties: ROSTER.counties });
const again = readReport(MORE, clock('09:01'), { counties: ROSTER.counties });
const KEYS = (g: Given) => Object.values(g.state.asks).map(askKey);
const rings = (g: Given, at: string) => g.after(null, ring('assess', 'activate', ...KEYS(g)), { at });

const directive = {
  type: 'ReceiveDirective',
  leader: 'director',
  words: words('order'),
  assignee: null,
  receivedAt: clock('11:27'),
  dueAt: null,
} as const;

/** One incident that owes every purpose there is, with a moment after each event. */
function journey(): readonly Given[] {
  const all: Given[] = [];
  const step = (g: Given): Given => {
    all.push(g);
    return g;
  };
  let g = step(
    given().after('office1', report({ fields: reading.fields, facts: reading.facts, suggestion: suggestAmong([RULES], TEXT, reading) }), {
      at: '09:00',
      room: null,
    }),
  );
  g = step(g.after('duty1', supplement({ how: 'correction', fields: again.fields, facts: again.facts }), { at: '09:01' }));
  for (const at of ['09:10', '09:16', '09:20', '09:30']) g = step(rings(g, at));
  g = step(g.after('cons2', propose(3), { at: '09:31', room: null }));
  g = step(g.after('director', setLevel(3), { at: '09:32', room: null }));
  for (const at of ['10:05', '10:21']) g = step(rings(g, at));
  g = step(g.after('director', activate(), { at: '10:22', room: null }));
  for (const at of ['10:32', '10:38', '10:42', '11:02', '11:22']) g = step(rings(g, at));
  g = step(g.after('site1', received(), { room: 'hq', at: '11:23' }));
  g = step(g.after('site1', progress(), { room: null, at: '11:24' }));
  g = step(g.after('director', changeLevel(2), { at: '11:25', room: null }));
  g = step(g.after('director', changeLevel(4), { at: '11:26', room: null }));
  g = step(g.after('director', { type: 'GiveTask', owner: 'inv1', what: words('order'), dueAt: null }, { at: '11:27', room: null }));
  g = step(g.after('duty1', directive, { at: '11:28', room: null }));
  g = step(g.after('coord1', { ...open('supervision'), words: words('order') }, { at: '11:28:30', room: null }));
  step(g.after('director', terminate(), { at: '11:29', room: null }));
  return all;
}

interface Sent {
  readonly intent: Intent;
  readonly at: Given;
}
const SENT: readonly Sent[] = journey().flatMap((at, i, all) =>
  at.history.slice(i === 0 ? 0 : all[i - 1]?.history.length).flatMap((r) => notices(r).map((intent) => ({ intent, at }))),
);
const PURPOSES: readonly Purpose[] = [
  ...(['echo', 'report_known', 'first_mention', 'leader_told', 'prior_handling', 'level_noted', 'activation_asked', 'call_out'] as const),
  ...([
    'activation_notice',
    'ack_noted',
    'reminder',
    'escalation',
    'progress_noted',
    'level_change_notice',
    'termination_notice',
    'summary',
    'decision_asked',
    'task_given',
    'directive_given',
    'record_asked',
    'act_noted',
    'stand_in_offered',
  ] as const),
];

describe.each(PURPOSES)('%s', (purpose) => {
  const messages = SENT.filter((s) => s.intent.purpose === purpose).flatMap(({ intent, at }) => composed(at, intent, TEXTS) ?? []);

  test('走完一起事件，这一种消息确实发过', () => {
    expect(messages.length).toBeGreaterThan(0);
  });

  test('在只准指引的群里，看不到姓名、数字、措施、级别、县以下地点，末行是保密提示（第6节）', () => {
    for (const message of messages) {
      const shown = clear(message, 'pointer');
      const seen = readable(shown);
      expect(SECRETS.filter((secret) => seen.includes(secret))).toEqual([]);
      expect(shown.lines.at(-1)?.parts).toEqual([{ is: 'text', text: SECRECY_LINE }]);
      expect(seen).toContain('#1');
    }
  });

  test('在准许摘要的群里，看不到报告原文、措施和县以下地点，末行是保密提示（程序第9节）', () => {
    for (const message of messages) {
      const seen = readable(clear(message, 'summary'));
      expect(FULL_ONLY.filter((secret) => seen.includes(secret))).toEqual([]);
      expect(seen.endsWith(SECRECY_LINE) || message.buttons.length > 0).toBe(true);
    }
  });

  test('在完全公开的群里不加保密提示', () => {
    for (const message of messages) expect(readable(clear(message, 'full'))).not.toContain(SECRECY_LINE);
  });
});

test('原文里的要害在完全公开的群里看得到：上面查的不是空话', () => {
  const echo = SENT.find((s) => s.intent.purpose === 'echo');
  const message = echo === undefined ? null : composed(echo.at, echo.intent, TEXTS);
  const seen = message === null ? '' : readable(clear(message, 'full'));
  for (const words of ['崤山路福满楼超市', '67', '封存账册', '较大（Ⅲ级）']) expect(seen).toContain(words);
});

test('来访人员报告：他的姓名不进只准指引的群（第6节）', () => {
  const g = given().after('guest1', report({ fields: reading.fields, facts: reading.facts }), { at: '09:00' });
  for (const intent of notices(g.history[0] ?? fail())) {
    const message = composed(g, intent, TEXTS);
    if (message !== null) expect(readable(clear(message, 'pointer'))).not.toContain('彭访客');
  }
});

function fail(): never {
  throw new Error('nothing has happened yet');
}
