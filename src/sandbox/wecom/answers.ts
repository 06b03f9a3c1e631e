/** Answers in the platform's form: a code that counts and a text that is only for logs (dossier, head and section 7). */
import { randomInt } from 'node:crypto';

/** The body of every answer; `errcode` 0 means success. */
export interface Answer {
  readonly errcode: number;
  readonly errmsg: string;
  readonly [field: string]: unknown;
}

const REASONS: Readonly<Record<number, string>> = {
  40001: 'invalid credential',
  40008: 'invalid message type',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40032: 'invalid userlist size',
  40035: 'invalid parameter',
  40056: 'invalid agentid',
  40058: 'invalid Request Parameter',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43012: 'callback url not configured',
  44004: 'empty content',
  45009: 'api freq out of limit',
  60140: 'invalid response_code',
  81013: 'user & party & tag all invalid',
  82001: 'touser, toparty and totag are all empty',
  82101: 'no update target',
  82102: 'target did not receive the message',
  93000: 'invalid webhook url',
  93006: 'invalid chatid',
  93019: 'invalid bot_id',
  846605: 'invalid req_id',
  846608: 'stream message expired',
  846609: 'not subscribed',
  853000: 'signature is incorrect',
};

/** Success, with further fields. */
export function accepted(fields: Readonly<Record<string, unknown>> = {}): Answer {
  return { errcode: 0, errmsg: 'ok', ...fields };
}

/** Refusal with the platform's usual tail; `why` replaces the standard text of the code. */
export function refused(errcode: number, why: string = REASONS[errcode] ?? 'error'): Answer {
  const hint = Array.from({ length: 19 }, () => randomInt(10)).join('');
  return {
    errcode,
    errmsg: `${why}, hint: [${hint}], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
  };
}
