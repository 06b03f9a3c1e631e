/** Messages of the robot through the server API: a key and its fields as one JSON text of at most 15,000 bytes (dossier 3.3). */
import type { Message } from '../../../core/notices/message';
import { fitLines } from './fit';
import { linesIn, previewOf } from './words';

/** What the API calls a message of the robot. */
export interface Sample {
  readonly msgKey: string;
  readonly msgParam: string;
}

const MAX_PARAM_BYTES = 15_000;

/** Numbered parts as markdown. `answers` names the buttons in words. */
export function sampleMarkdown(message: Message, answers: boolean): readonly Sample[] {
  const title = previewOf(message);
  const make = (text: string): Sample => sampleOf('sampleMarkdown', { title, text });
  return fitLines(linesIn('markdown', message, answers), MAX_PARAM_BYTES, (text) => make(text).msgParam).map(make);
}

/** A paper that was uploaded; `fileType` is its ending, and only endings the platform lists can be sent. */
export function sampleFile(mediaId: string, fileName: string): Sample {
  return sampleOf('sampleFile', { mediaId, fileName, fileType: endingOf(fileName) });
}

/** Words without markup. */
export function sampleText(content: string): Sample {
  return sampleOf('sampleText', { content });
}

/** Endings that the platform sends as files (dossier 3.3). */
const ENDINGS: ReadonlySet<string> = new Set(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx']);

/** Can a file of this name be sent by the robot? */
export function maySendFile(name: string): boolean {
  return ENDINGS.has(endingOf(name));
}

/** A key with its fields. */
export function sampleOf(msgKey: string, fields: Readonly<Record<string, string>>): Sample {
  return { msgKey, msgParam: JSON.stringify(fields) };
}

function endingOf(name: string): string {
  return (/\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1] ?? '').toLowerCase();
}
