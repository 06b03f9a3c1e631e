/** The level a person means, at the front of what was typed. */
import { type Refusal, refuse } from '../../core/incident/refusal';
import { levelNamed, type Rulebook } from '../../core/plans/rulebook';
import { trimmed } from './spaces';

export interface LevelSaid {
  readonly is: 'level';
  readonly rank: number;
  readonly rest: string;
}

/** The longest level word at the front; refuses `no_levels`, `no_such_level`. */
export function levelAt(rules: Rulebook, rest: string, usage: string): LevelSaid | Refusal {
  if (rules.pack.level_scheme === 'none') return refuse('no_levels', '本预案不分级。');
  const found = levelIn(rules, rest);
  if (found !== null) return found;
  return refuse('no_such_level', '没有读出级别。', `可用级别：${rules.pack.levels.map((l) => l.sign).join('、')}。${usage}`);
}

/** The same where a level may be left out: null then. */
export function levelIn(rules: Rulebook, rest: string): LevelSaid | null {
  for (let length = Math.min(rest.length, LONGEST); length > 0; length--) {
    const word = rest.slice(0, length);
    const level = levelNamed(rules, word) ?? levelNamed(rules, word.normalize('NFKC'));
    if (level !== null) return { is: 'level', rank: level.rank, rest: trimmed(rest.slice(length)) };
  }
  return null;
}

const LONGEST = 12;
