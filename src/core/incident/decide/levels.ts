/** Rules of the level family. */
import type { LevelCommand } from '../commands';
import { changeLevel } from './changeLevel';
import type { Rules } from './rules';
import { setLevel } from './setLevel';

export const levelRules: Rules<LevelCommand> = {
  SetLevel: setLevel,
  ChangeLevel: changeLevel,
};
