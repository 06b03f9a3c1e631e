/** Takes from a text everything that a chat client could read as mention, link or markup; what people wrote stays readable. */

/** How a text is meant: our own words keep line ends and addresses, a person's words are one line and lead nowhere. */
export type Voice = 'own' | 'person';

/**
 * For types that show plain text. Some clients read `<@id>` or `<a href>` even there: no `<` is left, and of `@` only that of our own words where no name follows (@我). Idempotent.
 */
export function neutralisePlain(text: string, voice: Voice): string {
  const bare = visible(text, voice)
    .replace(voice === 'own' ? /[<>]|@(?=all|所有人|[\w-])/g : /[<>@]/g, fullWidth)
    .replace(/&(?=#|[a-z]+;)/gi, fullWidth);
  return voice === 'own' ? bare : bare.replace(/:(?=\/\/)/g, fullWidth);
}

/** For markdown types: besides the above no link, image, code, emphasis, table, heading or list can begin in the text. Idempotent. */
export function neutraliseMarkdown(text: string, voice: Voice): string {
  const plain = neutralisePlain(text, voice).replace(/[`[\]]/g, fullWidth);
  if (voice === 'own') return plain.replace(/^#+(?=\s|$)/gm, (marks) => marks.replace(/#/g, fullWidth));
  return plain.replace(/[*_~|#\\$!]/g, fullWidth).replace(/^\s*[-+=]/, (mark) => mark.replace(/[-+=]/, fullWidth));
}

/** What `visible` takes out or changes, but for the blanks of a person. Most texts have nothing of it. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/** Control and format characters (zero-width, direction, tags), lone surrogates and foreign line ends go; own line ends stay. */
function visible(text: string, voice: Voice): string {
  if (!HIDDEN.test(text)) return voice === 'own' ? text : text.replace(/[\s\u0085]+/g, ' ');
  const breaks = voice === 'own' ? text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/\t/g, ' ') : text.replace(/[\s\u0085]+/g, ' ');
  return breaks.replace(/\p{Cs}/gu, '\ufffd').replace(/[\p{Cc}\p{Cf}]/gu, (mark) => (voice === 'own' && mark === '\n' ? mark : ''));
}

/** The look-alike of an ASCII sign that no client gives a meaning to. */
function fullWidth(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) + 0xfee0);
}
