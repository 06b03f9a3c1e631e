/** An office's own document with merge fields, instead of the layout of the standard. */
import { strFromU8, strToU8 } from 'fflate';
import { SaxesParser } from 'saxes';
import type { OfficialPaper } from '../core/papers/official';
import { opened, UnreadableArchive } from '../zip/opened';
import { zipped } from './archive';
import { bodyXml } from './templateBody';
import { FIELD, FIELDS, LOOSE } from './templateFields';
import { changed, inWords, type Paragraph, paragraphsOf, wordsOf } from './templateText';
import { escaped, writable } from './text';

/** Larger than any letterhead with a coat of arms in it. */
const MOST_BYTES = 32 * 1024 * 1024;
const MAIN = 'word/document.xml';
/** Parts in which words stand. */
const WORDED = /^word\/(document|header\d*|footer\d*)\.xml$/;

/**
 * What is wrong with a template, one Chinese sentence each; empty when it can be used. Refused are fields we do not know, a missing
 * `{{body}}`, macros, links to files elsewhere, which an opening program would fetch, XML that is broken or has a DOCTYPE.
 */
export function templateFaults(docx: Uint8Array): readonly string[] {
  try {
    const parts = opened(docx, { most: MOST_BYTES });
    if (!parts.has(MAIN)) return ['不是 Word 文档（.docx）：请用 WPS 或 Word 另存为 .docx。'];
    const broken = [...parts].flatMap(([path, bytes]) => (/\.(xml|rels)$/.test(path) ? xmlFaults(path, strFromU8(bytes)) : []));
    if (broken.length > 0) return broken;
    const unsafe = [...parts].flatMap(([path, bytes]) => unsafeIn(path, bytes));
    const fields = [...parts].flatMap(([path, bytes]) => (WORDED.test(path) ? fieldFaults(strFromU8(bytes)) : []));
    const hasBody = paragraphsIn(strFromU8(parts.get(MAIN) ?? new Uint8Array())).some(({ words }) => isBody(words));
    return [...unsafe, ...fields, ...(hasBody ? [] : ['缺少 {{body}}：请在正文的位置单独写一段 {{body}}。'])];
  } catch (cause) {
    if (cause instanceof UnreadableArchive) return [`打不开（${cause.message}）：请用 WPS 或 Word 另存为 .docx。`];
    throw cause;
  }
}

/** The template with the paper's words in it. The same paper gives the same bytes. Call only for a template without faults. */
export function filledTemplate(docx: Uint8Array, paper: OfficialPaper): Uint8Array {
  const files = [...opened(docx, { most: MOST_BYTES })].map(([path, bytes]) => ({
    path,
    bytes: WORDED.test(path) ? strToU8(filled(strFromU8(bytes), paper)) : bytes,
  }));
  return zipped(files);
}

/** Well formed, without entities of its own: they could name files of the machine that makes a PDF of it. */
function xmlFaults(path: string, xml: string): readonly string[] {
  const parser = new SaxesParser();
  let holdsDoctype = false;
  parser.on('doctype', () => {
    holdsDoctype = true;
  });
  try {
    parser.write(xml.replace(/^\ufeff/u, '')).close();
  } catch {
    return [`${path} 已损坏：请用 WPS 或 Word 打开后另存为 .docx。`];
  }
  return holdsDoctype ? [`${path} 含有 DOCTYPE：请用 WPS 或 Word 另存为 .docx。`] : [];
}

function unsafeIn(path: string, bytes: Uint8Array): readonly string[] {
  if (/vba|activeX|embeddings/i.test(path)) return [`含有宏、控件或嵌入的对象（${path}）：请另存为不带宏的 .docx。`];
  if (/^word\/.*\.rels$/.test(path) && /TargetMode\s*=\s*["']External/i.test(strFromU8(bytes)))
    return ['含有指向外部文件的链接：请删除链接的图片、对象和超链接后再存。'];
  return [];
}

function fieldFaults(xml: string): readonly string[] {
  return paragraphsIn(xml).flatMap(({ words }) => {
    const unknown = [...words.matchAll(FIELD)].flatMap(([, name = '']) => (Object.hasOwn(FIELDS, name) ? [] : [unknownField(name)]));
    const isMixed = words.includes('body') && [...words.matchAll(FIELD)].some(([, name]) => name === 'body') && !isBody(words);
    const loose = LOOSE.test(words.replaceAll(FIELD, '')) ? [`“${words.trim().slice(0, 30)}”中的花括号不成对：字段写作 {{title}}。`] : [];
    return [...unknown, ...loose, ...(isMixed ? ['{{body}} 须单独成段，同一段里不能有其他文字。'] : [])];
  });
}

function unknownField(name: string): string {
  return `没有 {{${name}}} 这个字段：可用的字段为 ${Object.keys(FIELDS).join('、')}。`;
}

function paragraphsIn(xml: string): readonly { readonly at: Paragraph; readonly words: string }[] {
  return paragraphsOf(xml).map((at) => ({ at, words: wordsOf(xml, at) }));
}

function isBody(words: string): boolean {
  return /^\s*\{\{\s*body\s*\}\}\s*$/.test(words);
}

function filled(xml: string, paper: OfficialPaper): string {
  const changes = paragraphsIn(xml).flatMap(({ at, words }) => {
    if (isBody(words)) return [{ from: at.from, to: at.to, by: bodyXml(xml.slice(at.from, at.to), paper.body) }];
    return [...words.matchAll(FIELD)].flatMap(({ 0: field, 1: name = '', index }) =>
      inWords(at, index, index + field.length, wordsXml(FIELDS[name]?.(paper) ?? '')),
    );
  });
  return changed(xml, changes);
}

/** Lines of a value become lines of the paragraph. The text is kept whole, spaces too. */
function wordsXml(text: string): string {
  return writable(text).split('\n').map(escaped).join('</w:t><w:br/><w:t xml:space="preserve">');
}
