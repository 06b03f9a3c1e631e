/** The message templates of the app's robot (dossier 3.3): a key and a parameter text that is JSON inside JSON. */
import { z } from 'zod';
import type { Look } from '../../messages';
import type { DingMedia } from '../media';
import type { NewCode } from '../reasons';
import { cardLook, fileLook, markdownLook, newsLook } from './looks';

const MAX_BYTES = 15_000;
const FILE_TYPES = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];
const need = z.string().min(1);
const words = z.looseObject({ title: need, text: need });
const fields = z.record(z.string(), z.unknown());

/** A look, or the code that refuses it. */
export type Reading = { readonly look: Look } | { readonly code: NewCode; readonly message?: string };

const BAD: Reading = { code: 'invalidParameter.msgParam.invalid' };

/** Reads key and parameters as they came; parameters that are no text, or longer than 15 000 bytes, are refused. */
export function readTemplate(media: DingMedia, msgKey: unknown, msgParam: unknown): Reading {
  if (typeof msgKey !== 'string' || msgKey === '') return { code: 'invalidParameter.msgKey.empty' };
  const draw = DRAWS[msgKey];
  if (!draw) return { code: 'invalidParameter.msgKey.invalid' };
  if (typeof msgParam !== 'string') return { ...BAD, message: 'msgParam must be a string' };
  if (Buffer.byteLength(msgParam) > MAX_BYTES) return { ...BAD, message: `msgParam is longer than ${MAX_BYTES} bytes` };
  const param = fields.safeParse(parsed(msgParam));
  const look = param.success ? draw(param.data, media) : null;
  return look === null ? BAD : { look };
}

type Draw = (param: Record<string, unknown>, media: DingMedia) => Look | null;

const DRAWS: Readonly<Record<string, Draw>> = {
  sampleText: (param) => (isText(param.content) ? { kind: 'text', text: param.content } : null),
  sampleMarkdown: (param) => (words.safeParse(param).success ? markdownLook(String(param.text)) : null),
  sampleImageMsg: (param, media) => picture(param.photoURL, media),
  sampleLink: (param) => link(param),
  sampleActionCard: (param) => buttons(param, [['singleTitle', 'singleURL']]),
  sampleActionCard2: (param) => buttons(param, numbered('actionTitle', 'actionURL', 2)),
  sampleActionCard3: (param) => buttons(param, numbered('actionTitle', 'actionURL', 3)),
  sampleActionCard4: (param) => buttons(param, numbered('actionTitle', 'actionURL', 4)),
  sampleActionCard5: (param) => buttons(param, numbered('actionTitle', 'actionURL', 5)),
  sampleActionCard6: (param) => buttons(param, numbered('buttonTitle', 'buttonUrl', 2)),
  sampleAudio: (param, media) => (Number(param.duration) > 0 ? shelved(param.mediaId, media) : null),
  sampleVideo: (param, media) => (isText(param.videoType) && isText(param.picMediaId) ? shelved(param.videoMediaId, media) : null),
  sampleFile: (param, media) =>
    isText(param.fileName) && FILE_TYPES.includes(String(param.fileType)) ? shelved(param.mediaId, media, param.fileName) : null,
};

function picture(photo: unknown, media: DingMedia): Look | null {
  if (!isText(photo)) return null;
  if (/^https?:\/\//.test(photo)) return newsLook([{ title: '[图片]', description: '', url: photo, picture: photo }], 'link');
  return shelved(photo, media);
}

function link({ title, text, messageUrl, picUrl }: Record<string, unknown>): Look | null {
  if (!isText(title) || !isText(text) || !isText(messageUrl)) return null;
  return newsLook([{ title, description: text, url: messageUrl, picture: isText(picUrl) ? picUrl : '' }], 'link');
}

function buttons(param: Record<string, unknown>, names: readonly (readonly [string, string])[]): Look | null {
  const read = words.safeParse(param);
  const links = names.map(([title, url]) => ({ text: param[title], url: param[url] }));
  const whole = links.filter((entry): entry is { text: string; url: string } => isText(entry.text) && isText(entry.url));
  return read.success && whole.length === names.length ? cardLook(read.data.title, read.data.text, whole) : null;
}

function numbered(title: string, url: string, count: number): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, n) => [`${title}${n + 1}`, `${url}${n + 1}`] as const);
}

function shelved(mediaId: unknown, media: DingMedia, name?: string): Look | null {
  const file = isText(mediaId) ? media.find(mediaId) : undefined;
  return file ? fileLook(file, name) : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
