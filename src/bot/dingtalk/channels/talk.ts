/** The robot's conversations, in groups and with single people: answers where a ticket lives, changes a pressed card, else pushes (dossier 3.1, 3.3, 3.7). */
import type { Address, Channel, Paper, SendResult } from '../../../ports/platform';
import { safeName } from '../../wire/papers';
import { paperWords } from '../../wire/paperWords';
import { worded } from '../../wire/worded';
import { actionBody, actionSample, isPage } from '../encode/dress';
import { calledOf } from '../encode/mention';
import { maySendFile, type Sample, sampleFile, sampleText } from '../encode/sample';
import { talkCalls } from '../encode/talk';
import { type Call, freeze, thaw } from '../frozen';
import { mediaWay } from '../media';
import { pressedCard } from '../tickets';
import { answerBySession } from './answers';
import { deliverCard, updateCard } from './cards';
import { type ChannelParts, hasCards, mayGoOn, NOT_THAWED } from './parts';
import { createGroupSamples, createSingleSamples, type Samples } from './samples';

/** Ids of the robot’s two ways. */
export const GROUP = 'dingtalk.group';
export const SINGLE = 'dingtalk.single';

/** Address: the group’s open conversation id. Only an answer by ticket calls people; a repeat may show the message twice. */
export function createGroup(parts: ChannelParts): Channel {
  return createTalk(parts, 'group', GROUP, createGroupSamples(parts, GROUP));
}

/** Address: the userid. Nobody needs to be called: the message is theirs alone. */
export function createSingle(parts: ChannelParts): Channel {
  return createTalk(parts, 'single', SINGLE, createSingleSamples(parts, SINGLE));
}

type Kind = 'group' | 'single';

function createTalk(parts: ChannelParts, kind: Kind, id: string, samples: Samples): Channel {
  const { accounts, deps } = parts;
  const split: Channel['split'] = (message, to) => {
    const called = kind === 'group' ? calledOf(message.mentions, accounts, deps.log) : [];
    return talkCalls(message, { called, cards: hasCards(parts), pressed: pressedCard(to.ticket) !== null }).map(freeze);
  };
  return {
    id,
    via: 'http',
    pages: false,
    idempotent: null,
    limits: [{ perMs: 60_000, max: 20, reserve: 5 }],
    split,
    dress(message, face, to) {
      const sample = message.mentions.length > 0 ? null : actionSample(message, face);
      const answer = actionBody(message, face);
      if (sample === null || answer === null) return split(worded(message, face, isPage), to);
      return [freeze({ sample, answer })];
    },
    attach: (paper) =>
      maySend(parts, paper)
        ? freeze({ paper: { ...paper, name: safeName(paper.name) } })
        : freeze({ sample: sampleText(paperWords(paper.name)) }),
    send: (frozen, to, key, stop) => sendCall({ parts, kind, id, samples }, thaw(frozen), to, key, stop),
    recall: samples.recall,
    ...(samples.receipt === undefined ? {} : { receipt: samples.receipt }),
  };
}

function maySend({ features, deps }: ChannelParts, paper: Paper): boolean {
  return features.may('robot.files') && deps.papers !== undefined && maySendFile(safeName(paper.name));
}

interface Talk {
  readonly parts: ChannelParts;
  readonly kind: Kind;
  readonly id: string;
  readonly samples: Samples;
}

async function sendCall(talk: Talk, call: Call | null, to: Address, key: string, stop: AbortSignal): Promise<SendResult> {
  if (call === null) return NOT_THAWED;
  const { parts } = talk;
  if (call.paper !== undefined) return sendPaper(talk, call.paper, to, stop);
  const isAlone = call.sample === undefined && call.card === undefined;
  const pressed = pressedCard(to.ticket);
  if (call.update !== undefined && pressed !== null) {
    const updated = await updateCard(parts, pressed, call.update, stop);
    if (updated.is !== 'refused' && (updated.is !== 'road' || isAlone)) return updated;
  }
  if (isAlone) return { is: 'accepted' };
  if (call.answer !== undefined && parts.features.may('robot.reply')) {
    const answered = await answerBySession(parts, to.ticket, call.answer, stop);
    if (answered !== null && !mayGoOn(answered)) return answered;
  }
  return push(talk, call, to, key, stop);
}

/** The card, and its words instead where the organisation has no such cards. */
async function push({ parts, kind, samples }: Talk, call: Call, to: Address, key: string, stop: AbortSignal): Promise<SendResult> {
  const place = { address: to.address, urgent: to.urgent === true };
  if (call.card === undefined) return call.sample === undefined ? NOT_THAWED : samples.send(call.sample, place, stop);
  const result = await deliverCard(parts, call.card, key, { ...place, kind }, stop);
  if (result.is !== 'refused' || result.fault === 'receiver' || call.plain === undefined) return result;
  return sendAll(call.plain, (sample) => samples.send(sample, place, stop));
}

/** A card whose words went before it has none of its own and counts as shown. Once something was shown every other end is unknown. */
export async function sendAll(plain: readonly Sample[], send: (sample: Sample) => Promise<SendResult>): Promise<SendResult> {
  let last: SendResult = { is: 'accepted' };
  for (const [at, sample] of plain.entries()) {
    last = await send(sample);
    if (last.is !== 'accepted') return at === 0 || last.is === 'unknown' ? last : { is: 'unknown', what: `plain ${at + 1}: ${last.code}` };
  }
  return last;
}

async function sendPaper({ parts, samples, id }: Talk, paper: Paper, to: Address, stop: AbortSignal): Promise<SendResult> {
  const place = { address: to.address, urgent: to.urgent === true };
  const way = mediaWay(parts, id, (mediaId) => samples.send(sampleFile(mediaId, paper.name), place, stop));
  const result = await parts.papers.send(paper, way, stop);
  const isMissing = result.is === 'refused' && parts.features.lacks('robot.files', result.code);
  return isMissing ? samples.send(sampleText(paperWords(paper.name)), place, stop) : result;
}
