/** Reads the small XML documents that an app answers with: elements, CDATA and text, nothing else. */

const PIECE = /<!\[CDATA\[([\s\S]*?)\]\]>|<\/([A-Za-z][\w.-]*)\s*>|<([A-Za-z][\w.-]*)\s*(\/?)>|([^<]+)/y;
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'" };

/** An element as read: its own text, and its children in order. */
export interface XmlNode {
  readonly name: string;
  text: string;
  readonly children: XmlNode[];
}

/** Reads one document; null for anything else, such as attributes, a DOCTYPE, an open end or a second root. */
export function readXml(text: string): XmlNode | null {
  const body = text.trim().replace(/^<\?xml [^?]*\?>\s*/, '');
  const top: XmlNode = { name: '', text: '', children: [] };
  const open = [top];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < body.length) {
    const piece = PIECE.exec(body);
    if (!piece || !take(open, piece)) return null;
  }
  const [root] = top.children;
  return open.length === 1 && top.children.length === 1 && top.text.trim() === '' && root ? root : null;
}

/** The text of a child element, trimmed; empty when there is none. */
export function childText(node: XmlNode | undefined, name: string): string {
  return node?.children.find((child) => child.name === name)?.text.trim() ?? '';
}

/** Takes one piece; false when it does not fit. */
function take(open: XmlNode[], [, cdata, closing, opening, empty, words]: RegExpExecArray): boolean {
  const inside = open[open.length - 1];
  if (!inside) return false;
  if (opening !== undefined) {
    const node: XmlNode = { name: opening, text: '', children: [] };
    inside.children.push(node);
    if (empty === '') open.push(node);
    return true;
  }
  if (closing !== undefined) return open.length > 1 && open.pop()?.name === closing;
  inside.text += cdata ?? (words ?? '').replace(/&(lt|gt|amp|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity);
  return true;
}
