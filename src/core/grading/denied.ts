/** Cue words that do not count where they stand: denied ahead or behind, or never received. */
import { isDenied } from '../report/clauses';
import { unitsOf } from '../report/units';
import type { Cue } from './cueLists';

/** Do the words of the cue in [start, end) of a normalised text tell that there was nothing of the kind? */
export function isNone(text: string, cue: Cue, start: number, end: number): boolean {
  return (
    isDenied(text, start) ||
    (cue.deniable && isDenied(text, end - 2)) ||
    isCounting(text, start) ||
    (DENYING_BEHIND.at(text, end) && DENIED_BEHIND.test(text.slice(end, end + 6))) ||
    text.startsWith('证照片', end - 2) ||
    (COMPLAINT_ENDS.at(text, end - 1) &&
      COMPLAINT.test(text.slice(end - 2, end)) &&
      NOT_RECEIVED.test(text.slice(Math.max(0, end - 18), end - 2)))
  );
}

const COMPLAINT = /投诉|反映|举报|维权|退款|受伤/;
const COMPLAINT_ENDS = unitsOf('诉映报权款伤');
/** 截至目前我局未收到车主投诉, 还没有正式来投诉的. */
const NOT_RECEIVED = /(?:[未没无]|没有|尚无|暂无)(?:再)?(?:接到|收到|接报|接|收|有|人|新增|发现)?[^,。;、\d]{0,8}$/;

/** 投诉的倒没有. */
const DENIED_BEHIND = /^的?(?:倒|也|都|暂时|还)(?:是)?(?:没有?|没得|无)(?=[,。; ]|$)/;
const DENYING_BEHIND = unitsOf('的倒也都暂还');

/** In 8个人投诉 the 个 counts: no word begins there (个人投诉). */
function isCounting(text: string, from: number): boolean {
  return text[from] === '个' && /[\d一二三四五六七八九十百几两多余来]/.test(text[from - 1] ?? '');
}
