/** Message text as the chat client draws it: mentions, links, and the platform's small markdown. */
import { el } from './dom.js';

const INLINE =
  /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\((https?:[^)\s]+)\)|<font color="(info|comment|warning)">(.*?)<\/font>|<a href="(https?:[^"]+)">(.*?)<\/a>|(https?:\/\/[^\s<>，。；）]+)/;

/** Plain text with mentions of `names` marked, `myName` most of all. */
export function plainText(text, names, myName) {
  return el('div', { class: 'text' }, inline(text, { names, myName, plain: true }));
}

/** Markdown as far as the platform knows it: headings, quotes, lists, bold, code, links, three colours. */
export function markdown(text, names, myName) {
  const blocks = text.split('\n').map((line) => {
    const children = (rest) => inline(rest, { names, myName, plain: false });
    const heading = /^#{1,6}\s+(.*)/.exec(line);
    if (heading) return el('h4', {}, children(heading[1]));
    if (line.startsWith('>')) return el('blockquote', {}, children(line.replace(/^>\s?/, '')));
    const item = /^\s*(?:[-*]|\d+\.)\s+(.*)/.exec(line);
    return el('div', {}, item ? ['· ', ...children(item[1])] : children(line));
  });
  return el('div', { class: 'md' }, blocks);
}

function inline(text, how) {
  const match = INLINE.exec(text);
  if (!match) return mentions(text, how);
  const [whole, bold, code, label, url, colour, coloured, href, anchor, bare] = match;
  const before = mentions(text.slice(0, match.index), how);
  const after = inline(text.slice(match.index + whole.length), how);
  const link = (address, words) => el('a', { href: address, target: '_blank', rel: 'noreferrer' }, words);
  const drawn = () => {
    if (bare) return link(bare, bare);
    if (href) return link(href, anchor);
    if (how.plain) return whole;
    if (bold) return el('b', {}, inline(bold, how));
    if (code) return el('code', {}, code);
    if (url) return link(url, label);
    return el('span', { class: colour }, inline(coloured, how));
  };
  return [...before, drawn(), ...after];
}

function mentions(text, { names, myName }) {
  if (names.length === 0) return [text];
  const pattern = new RegExp(`(@(?:${names.map(escapePattern).join('|')}))`);
  return text.split(pattern).map((part, index) => {
    if (index % 2 === 0) return part;
    const mine = part === `@${myName}` || part === '@所有人';
    return el('span', { class: mine ? 'at-name at-me' : 'at-name' }, part);
  });
}

function escapePattern(name) {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
