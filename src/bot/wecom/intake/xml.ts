/** The little XML that the platform writes, and nothing more: no DTD, no own entities, no instructions, no mixed content. */
import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  /** Text or CDATA of a leaf; empty for an element with children. */
  readonly text: string;
  readonly children: readonly Element[];
}

/** Largest text that is parsed, in bytes; above it `readXml` answers null without looking inside. */
export const MAX_XML_BYTES = 64 * 1024;
const MAX_DEPTH = 8;

interface Open {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

/** The root element, or null for anything that is not plain, well-formed and small. Never throws. */
export function readXml(text: string): Element | null {
  if (Buffer.byteLength(text) > MAX_XML_BYTES) return null;
  try {
    return readFlat(text) ?? parse(text);
  } catch {
    return null;
  }
}

/** Text of the only child leaf of this name; null when it is missing, doubled or not a leaf. */
export function fieldOf(element: Element, name: string): string | null {
  const found = element.children.filter((child) => child.name === name);
  const only = found[0];
  return only !== undefined && found.length === 1 && only.children.length === 0 ? only.text : null;
}

/** What XML forbids, rewrites (CR) or counts otherwise (surrogates): never read in the short way. */
const UNUSUAL = /[^\t\n\x20-\ud7ff\ue000-\ufffd]/;
const ROOT = /^<([A-Za-z][A-Za-z0-9]*)>/;
const LEAF = /[ \t\n]*<([A-Za-z][A-Za-z0-9]*)>(?:<!\[CDATA\[([^\]]*(?:\](?!\]>)[^\]]*)*)\]\]>|([^<>&]*))<\/\1>/y;

const END = /^[ \t\n]*<\/([A-Za-z][A-Za-z0-9]*)>[ \t\n]*$/;

/**
 * The short way for what the platform writes day in, day out: one root, each leaf a plain value or one CDATA. It costs a twentieth
 * of the parser, where a third of a callback's time went. Null says nothing about the text but that the parser has to judge it.
 */
function readFlat(text: string): Element | null {
  const root = UNUSUAL.test(text) ? undefined : ROOT.exec(text)?.[1];
  if (root === undefined) return null;
  const children: Element[] = [];
  let end = root.length + 2;
  LEAF.lastIndex = end;
  for (let leaf = LEAF.exec(text); leaf !== null; leaf = LEAF.exec(text)) {
    children.push({ name: leaf[1] ?? '', text: leaf[2] ?? leaf[3] ?? '', children: [] });
    end = LEAF.lastIndex;
  }
  const isWhole = children.length > 0 && END.exec(text.slice(end))?.[1] === root;
  return isWhole ? { name: root, text: '', children } : null;
}

function parse(text: string): Element | null {
  const top: Open = { name: '', text: '', children: [] };
  const stack: Open[] = [top];
  const refuse = (what: string) => (): never => {
    throw new Error(`${what} is not allowed`);
  };
  const addText = (more: string) => {
    const open = stack[stack.length - 1];
    if (open !== undefined) open.text += more;
  };
  const parser = new SaxesParser({ xmlns: false });
  parser.on('doctype', refuse('DOCTYPE'));
  parser.on('processinginstruction', refuse('processing instruction'));
  parser.on('comment', refuse('comment'));
  parser.on('attribute', refuse('attribute'));
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', (tag) => {
    if (stack.length > MAX_DEPTH) throw new Error('nested too deep');
    stack.push({ name: tag.name, text: '', children: [] });
  });
  parser.on('closetag', () => close(stack));
  parser.write(text).close();
  return top.children[0] ?? null;
}

function close(stack: Open[]): void {
  const done = stack.pop();
  const parent = stack[stack.length - 1];
  if (done === undefined || parent === undefined) throw new Error('closed twice');
  if (done.children.length > 0 && done.text.trim() !== '') throw new Error('mixed content');
  parent.children.push({ name: done.name, text: done.children.length > 0 ? '' : done.text, children: done.children });
}
