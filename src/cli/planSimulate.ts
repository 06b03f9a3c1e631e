/** `fenghuo plan simulate`: arguments to a question for the core, the answer to text or one object a line. */
import { parseArgs } from 'node:util';
import { readBureau } from '../config/bureau';
import { findPack } from '../config/planFiles';
import { levelNamed, levelOf, type Rank, type Rulebook } from '../core/plans/rulebook';
import { simulate } from '../core/simulate/simulate';
import { simulationJson, simulationText, vacantText } from '../core/simulate/simulationText';
import { STORIES, type Story } from '../core/simulate/story';
import { sentencesOf } from '../wiring/faults';

const USAGE = `用法：fenghuo plan simulate <预案编号或目录> [--level 级别] [--hours 小时数] [--story 情形] [--bureau 目录] [--json]
  --story activated            启动以后无人回复（缺省）
          unanswered_report    报告以后无人回复
          unanswered_decision  提请启动以后无人决定
  --hours 模拟几小时，缺省 6，最多 720；--bureau 单位目录，缺省为所配置的单位；--json 每行一个对象
`;

const MOST_HOURS = 720;

/** What the command line says of the office; `now` decides whose shift it is. */
export interface Office {
  readonly configDir: string;
  readonly bureau: string;
  readonly now: number;
}

/** 0 simulated, 1 refused or faults found, 2 wrong usage. */
export function planSimulate(args: readonly string[], office: Office): number {
  const asked = argumentsOf(args);
  if (asked === null) return wrong(USAGE);
  const found = findPack(asked.pack, office.configDir);
  const bureau = readBureau(asked.bureau ?? office.bureau);
  if (found.is === 'faults' || bureau.is === 'faults')
    return refused(sentencesOf([found, bureau].flatMap((read) => (read.is === 'faults' ? read.faults : []))).join('\n'));
  const rules: Rulebook = { hash: '', pack: found.pack, profile: found.profile };
  const level = levelAsked(rules, asked);
  if (level.is !== 'level') return level.is === 'wrong' ? wrong(level.zh) : refused(level.zh);
  const { story, hours } = asked;
  const question = { rules, roster: bureau.roster, story, rank: level.rank, minutes: hours * 60, now: office.now };
  const answer = simulate(question);
  if (answer.is === 'refusal') return refused(`${answer.zh}${answer.hint}`);
  if (asked.json && answer.vacant.length > 0) process.stderr.write(`${vacantText(answer)}\n`);
  process.stdout.write(asked.json ? simulationJson(question, answer) : simulationText(question, answer));
  return 0;
}

interface Asked {
  readonly pack: string;
  readonly level: string | undefined;
  readonly hours: number;
  readonly story: Story;
  readonly bureau: string | undefined;
  readonly json: boolean;
}

/** Null for wrong usage. */
function argumentsOf(args: readonly string[]): Asked | null {
  const text = { type: 'string' } as const;
  const options = { level: text, hours: text, story: text, bureau: text, json: { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [pack, ...more] = positionals;
    const hours = Number(values.hours ?? 6);
    const story = STORIES.find((name) => name === (values.story ?? 'activated'));
    if (pack === undefined || more.length > 0 || story === undefined || !(hours > 0 && hours <= MOST_HOURS)) return null;
    return { pack, level: values.level, hours, story, bureau: values.bureau, json: values.json ?? false };
  } catch {
    return null;
  }
}

type Level = { readonly is: 'level'; readonly rank: Rank | null } | { readonly is: 'wrong' | 'refused'; readonly zh: string };

/** A number or one of the pack's own names; none in a level-free plan; needless where the story ends before any grading. */
function levelAsked(rules: Rulebook, { level, story }: Asked): Level {
  const { pack } = rules;
  const graded = pack.level_scheme === 'graded';
  if (!graded) return level === undefined ? { is: 'level', rank: null } : { is: 'refused', zh: '本预案不分级，不用 --level。' };
  const known = pack.levels.map(({ rank, zh }) => `${rank}（${zh}）`).join('、');
  if (level === undefined && story === 'unanswered_report') return { is: 'level', rank: null };
  if (level === undefined) return { is: 'wrong', zh: `本预案分级，须写 --level：${known}\n` };
  const found = levelOf(rules, Number(level)) ?? levelNamed(rules, level);
  if (found === null) return { is: 'wrong', zh: `本预案没有这个级别。可写：${known}\n` };
  return { is: 'level', rank: story === 'unanswered_report' ? null : found.rank };
}

function wrong(zh: string): number {
  process.stderr.write(zh);
  return 2;
}

function refused(zh: string): number {
  process.stderr.write(`${zh}\n`);
  return 1;
}
