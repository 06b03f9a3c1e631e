/** Answers in the platform's form: a code that counts and a text that is only for logs (dossier, head and section 7). */
import { randomInt } from 'node:crypto';
import { REASONS } from './reasons';

/** The body of every answer; `errcode` 0 means success. */
export interface Answer {
  readonly errcode: number;
  readonly errmsg: string;
  readonly [field: string]: unknown;
}

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
