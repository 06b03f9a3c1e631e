/** Rules of the people family. */
import type { PeopleCommand } from '../commands';
import { checkTask } from './checkTask';
import { addMember, removeMember } from './members';
import { reassignTask } from './reassignTask';
import type { Rules } from './rules';

export const peopleRules: Rules<PeopleCommand> = {
  ReassignTask: reassignTask,
  CheckTask: checkTask,
  AddMember: addMember,
  RemoveMember: removeMember,
};
