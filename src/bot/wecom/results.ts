/** From what the wire said to how a sending ended, with a log line wherever an operator must act. */
import { z } from 'zod';
import type { SendResult } from '../../ports/platform';
import { parseJson, road, scrub } from '../wire/ends';
import type { HttpEnd } from '../wire/http';
import type { Log } from '../wire/log';
import { reactionTo } from './codes';

/** The part of an answer that every call of the platform shares. */
const Answer = z.looseObject({ errcode: z.number().int().default(0), errmsg: z.string().default('') });
export type Answer = z.infer<typeof Answer>;

/** Either the platform's own answer, or the end of the sending when there is none. */
export type Reading = { readonly is: 'answer'; readonly answer: Answer } | { readonly is: 'end'; readonly result: SendResult };

const NOT_FOUND = 404;
const UNREADABLE = 'answer_unreadable';

/** Sorts an HTTP exchange: other statuses than 200 are faults of the road (dossier, head), 404 is a feature this version lacks (section 6). */
export function readAnswer(end: HttpEnd): Reading {
  if (end.is === 'not_sent') return { is: 'end', result: road(end.why) };
  if (end.is === 'no_answer') return { is: 'end', result: { is: 'unknown', what: end.why } };
  if (end.status === NOT_FOUND) return { is: 'end', result: { is: 'refused', code: 'http_404', fault: 'capability' } };
  if (end.status !== 200) return { is: 'end', result: road(`http_${end.status}`) };
  const answer = Answer.safeParse(parseJson(end.body));
  return answer.success ? { is: 'answer', answer: answer.data } : { is: 'end', result: { is: 'unknown', what: UNREADABLE } };
}

/** For questions and uploads: an answer that is no JSON comes from something other than this call, so the deployment lacks it (dossier 6). */
export function asLacking(reading: Reading): Reading {
  if (reading.is === 'answer' || reading.result.is !== 'unknown' || reading.result.what !== UNREADABLE) return reading;
  return { is: 'end', result: { is: 'refused', code: 'answer_not_json', fault: 'capability' } };
}

/** The end that an error code means for a sending, by the table of dossier section 7. Not for code 0. */
export function resultOfCode(code: number, errmsg: string, where: { readonly channel: string; readonly log: Log }): SendResult {
  const reaction = reactionTo(code);
  const fields = { channel: where.channel, code, errmsg: scrub(errmsg) };
  switch (reaction.is) {
    case 'done':
      return { is: 'accepted' };
    case 'again':
    case 'reconnect':
      where.log.warn(fields, 'wecom asks to wait');
      return road(String(code), reaction.waitMs);
    case 'token':
      where.log.error(fields, 'wecom refuses the credentials');
      return { is: 'refused', code: String(code), fault: 'permission' };
    case 'late':
      where.log.info(fields, 'wecom: too late for a direct answer');
      return { is: 'refused', code: String(code), fault: 'capability' };
    default:
      where.log.error({ ...fields, why: reaction.why }, 'wecom refuses a message');
      return { is: 'refused', code: String(code), fault: reaction.fault };
  }
}
