/** Groups that the app made: for an incident's own group, and the last way to a room (dossier 5.5). They cannot be heard. */
import type { Channel, Paper, SendResult } from '../../../ports/platform';
import { safeName } from '../../wire/papers';
import { paperWords } from '../../wire/paperWords';
import { worded } from '../../wire/worded';
import { freeze, thaw } from '../call';
import { dressedForGroup, isPage } from '../encode/dress';
import { bodyIn, mentionedTexts } from '../encode/mentioned';
import { plainInstead } from '../plain';
import { resultOfCode } from '../results';
import { uploadToApp } from '../upload';
import type { AppParts } from './app';

/** Id of the channel into groups the app made. */
export const APPCHAT = 'wecom.appchat';

/** Address: the group's chat id. Repeats show twice. No cards go here (40008), so buttons are named in words. */
export function createAppchat(parts: AppParts): Channel {
  const { binding, accounts, features, deps } = parts;
  const pages = binding.capabilities?.['app.mention'] !== 'off';
  const texts = mentionedTexts(accounts, deps.log);
  return {
    id: APPCHAT,
    via: 'http',
    pages,
    idempotent: null,
    limits: [
      { perMs: 60_000, max: 200, reserve: 20 },
      { perMs: 3_600_000, max: 3000, reserve: 100 },
    ],
    split: (message) => texts(message, pages),
    dress(message, face) {
      const body = message.mentions.length > 0 ? null : dressedForGroup(message, face, false);
      const plain = texts(worded(message, face, isPage), pages);
      return body === null ? plain : [freeze({ message: body, plain: plain.map(bodyIn) })];
    },
    attach: (paper) =>
      features.may('app.files') && deps.papers !== undefined
        ? freeze({ paper: { ...paper, name: safeName(paper.name) } })
        : { body: JSON.stringify(wordsFor(paper)) },
    async send(frozen, to, _key, stop) {
      const call = thaw(frozen);
      if (call?.paper !== undefined) return sendPaper(parts, to.address, call.paper, stop);
      const say = (body: Body) => post(parts, to.address, body, stop);
      return call === null ? say(bodyIn(frozen)) : plainInstead(call, await say(call.message ?? {}), () => undefined, say);
    },
  };
}

type Body = Readonly<Record<string, unknown>>;

async function post({ api, features, deps }: AppParts, chatid: string, message: Body, stop: AbortSignal): Promise<SendResult> {
  const reading = await api.call('appchat/send', { body: JSON.stringify({ chatid, ...message, safe: 0 }) }, stop);
  if (reading.is === 'end') {
    if (reading.result.is === 'refused') features.lacks('app.appchat', reading.result.code);
    return reading.result;
  }
  const { errcode, errmsg } = reading.answer;
  if (errcode === 0) return { is: 'accepted' };
  const result = resultOfCode(errcode, errmsg, { channel: APPCHAT, log: deps.log });
  if (result.is === 'refused' && result.code !== '40008') features.lacks('app.appchat', result.code);
  return result;
}

async function sendPaper(parts: AppParts, chatid: string, paper: Paper, stop: AbortSignal): Promise<SendResult> {
  const { papers, features, api, deps } = parts;
  const way = {
    scope: 'app',
    upload: (name: string, bytes: Buffer) => uploadToApp(api, name, bytes, deps.log),
    post: (id: string) => post(parts, chatid, { msgtype: 'file', file: { media_id: id } }, stop),
  };
  const result = await papers.send(paper, way, stop);
  const isMissing = result.is === 'refused' && features.lacks('app.files', result.code);
  return isMissing ? post(parts, chatid, wordsFor(paper), stop) : result;
}

function wordsFor(paper: Paper): Body {
  return { msgtype: 'text', text: { content: paperWords(paper.name) } };
}
