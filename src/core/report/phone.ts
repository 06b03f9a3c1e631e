/** The number to call back. */
import { type Found, found } from './fields';

const NUMBER =
  /(?<![\d-])(?:(?:\+?86[ \n-]?)?1[3-9]\d[ \n-]?\d{4}[ \n-]?\d{4}|0\d{2,3}[ \n-]?\d{7,8}|(?<=(?:电话|座机|联系方式|号码)[:为是 \n]{0,3})[2-8]\d{6,7})(?!\d)/g;
/** Numbers of orders, cards and the like, and of those complained about, are not to be called. */
const NOT_TO_CALL = /(?:订单|单号|编号|卡号|账号|身份证|运单|快递|流水号|客服|商家电话|店家电话|老板电话|执照)[^,。;\n]{0,6}$/;

/** Six figures in a row, or four behind a blank or a dash that has figures ahead too: without them no number is told. */
function mayHold(text: string): boolean {
  let figures = 0;
  let parted = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x30 && unit <= 0x39) {
      figures += 1;
      if (figures === 6 || (figures === 4 && parted)) return true;
      continue;
    }
    parted = figures > 0 && (unit === 0x20 || unit === 0x0a || unit === 0x2d);
    figures = 0;
  }
  return false;
}

/** Digits of the first phone number of a normalised text; hotlines (12315, 110) are none. */
export function contactPhone(text: string): Found<string> | null {
  if (!mayHold(text)) return null;
  NUMBER.lastIndex = 0;
  for (let m = NUMBER.exec(text); m !== null; m = NUMBER.exec(text)) {
    if (NOT_TO_CALL.test(text.slice(Math.max(0, m.index - 14), m.index))) continue;
    const digits = m[0].replace(/\D/g, '');
    return found(digits.length > 11 ? digits.replace(/^86/, '') : digits, [{ start: m.index, end: m.index + m[0].length }], 0.95, 'phone');
  }
  return null;
}
