/** One answer that changes while the work goes on: the robot's stream, folded to one showing a second (dossier 2.6, 2.9, 2.12). */
import type { Cleared } from '../../../core/privacy/clear';
import type { Address, Progress, SendResult } from '../../../ports/platform';
import { pause } from '../../wire/timer';
import { markdownParts } from '../encode/markdown';
import { markdownBody } from '../encode/robotCalls';
import { resultOfCode } from '../results';
import type { FrameEnd } from '../session';
import { ROBOT, type RobotParts } from './robotParts';

const EVERY_MS = 1_000;
/** The platform closes a stream 6 minutes after its first frame; some seconds are left for the last one. */
const LIFE_MS = 350_000;

/** A frame under way is always waited for: its ack could not be told from that of the last one. */
const NEVER = new AbortController().signal;

type Push = (message: Readonly<Record<string, unknown>>, stop: AbortSignal) => Promise<SendResult>;

/** Spends the address's ticket; null when it is no living ticket of a message. */
export function createProgress(parts: Pick<RobotParts, 'connection' | 'deps'>, to: Address, key: string, push: Push): Progress | null {
  const { connection, deps } = parts;
  const { ticket } = to;
  if (ticket?.kind !== 'robot_reply' || !connection.claim(ticket)) return null;
  const until = deps.pace.mono() + LIFE_MS;
  const ended = new AbortController();
  let next: string | null = null;
  let shown = '';
  let turning: Promise<void> | null = null;

  const frame = (content: string, finish: boolean, stop: AbortSignal): Promise<FrameEnd> =>
    connection.request('aibot_respond_msg', { msgtype: 'stream', stream: { id: `${key}`, finish, content } }, stop, ticket.reqId);
  const turn = async (): Promise<void> => {
    while (next !== null && !ended.signal.aborted) {
      const content: string = next;
      next = null;
      if (content !== shown && deps.pace.mono() < until) await frame(content, false, NEVER);
      shown = content;
      await pause(deps.pace, EVERY_MS, ended.signal);
    }
  };
  return {
    show(message) {
      next = markdownParts(message, true)[0] ?? null;
      turning ??= turn().finally(() => {
        turning = null;
      });
    },
    async finish(message, stop) {
      next = null;
      ended.abort();
      await turning;
      return finishStream(message, { frame, push, isOver: () => deps.pace.mono() >= until, deps }, stop);
    },
  };
}

interface Ending {
  frame(content: string, finish: boolean, stop: AbortSignal): Promise<FrameEnd>;
  readonly push: Push;
  isOver(): boolean;
  readonly deps: RobotParts['deps'];
}

/** The first part closes the stream, the others follow as messages; after its time, or without the connection, all are pushed. */
async function finishStream(message: Cleared, { frame, push, isOver, deps }: Ending, stop: AbortSignal): Promise<SendResult> {
  const parts = markdownParts(message, true);
  const [first = '…', ...rest] = parts;
  const end: FrameEnd = isOver() ? { is: 'not_sent', why: 'stream_over' } : await frame(first, true, stop);
  if (end.is === 'no_answer') return { is: 'unknown', what: end.why };
  const closed = end.is === 'ack' && end.code === 0;
  if (end.is === 'ack' && !closed) resultOfCode(end.code, end.errmsg, { channel: ROBOT, log: deps.log });
  let last: SendResult = { is: 'accepted' };
  for (const content of closed ? rest : parts) {
    last = await push(markdownBody(content), stop);
    if (last.is !== 'accepted') return last;
  }
  return last;
}
