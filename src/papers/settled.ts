/** The last hand on a document: fonts that stand in for missing ones, and nothing in it that differs from one making to the next. */
import { strFromU8, strToU8 } from 'fflate';
import { opened } from '../zip/opened';
import { zipped } from './archive';
import { FONTS } from './layout';

/** No document of ours comes near it. */
const MOST_BYTES = 64 * 1024 * 1024;
const FONT_TABLE = 'word/fontTable.xml';
const PROPERTIES = 'docProps/core.xml';
/** When it was made stands in the record, not in the file. */
const MOMENTS = /<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g;

/** The same content gives the same bytes, so that a frozen paper's hash can be made again. */
export function settled(docx: Uint8Array): Uint8Array {
  const parts = new Map(opened(docx, { most: MOST_BYTES }));
  parts.set(FONT_TABLE, strToU8(fontTable()));
  const properties = parts.get(PROPERTIES);
  if (properties !== undefined) parts.set(PROPERTIES, strToU8(strFromU8(properties).replace(MOMENTS, '')));
  return zipped([...parts].map(([path, bytes]) => ({ path, bytes })));
}

/** Charset 86 is GB2312. */
function fontTable(): string {
  const fonts = Object.values(FONTS).map(
    ({ name, instead, family }) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="default"/></w:font>`,
  );
  const open = '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">';
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${open}${fonts.join('')}</w:fonts>`;
}
