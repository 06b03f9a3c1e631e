/** Rules of the papers, from the first draft to the last receipt. */
import type { PaperCommand } from '../commands';
import { draftPaper } from './draftPaper';
import { passPaper } from './passPaper';
import { commentPaper, voidPaper } from './remarkPaper';
import { revisePaper } from './revisePaper';
import type { Rules } from './rules';
import { sendBackPaper } from './sendBackPaper';
import { numberPaper, recordPaperReceipt, sendPaper } from './sendPaper';
import { signPaper } from './signPaper';

export const paperRules: Rules<PaperCommand> = {
  DraftPaper: draftPaper,
  RevisePaper: revisePaper,
  PassPaper: passPaper,
  SignPaper: signPaper,
  SendBackPaper: sendBackPaper,
  CommentPaper: commentPaper,
  NumberPaper: numberPaper,
  SendPaper: sendPaper,
  RecordPaperReceipt: recordPaperReceipt,
  VoidPaper: voidPaper,
};
