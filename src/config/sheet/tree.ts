/** XML of a workbook as a tree, strictly: no DTD, no entities of its own, not deep, not endless. */
import { SaxesParser } from 'saxes';

export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text directly inside. */
  readonly text: string;
  readonly children: readonly Node[];
  /** Everything of this name below, in order. */
  all(name: string): readonly Node[];
}

const MAX_DEPTH = 24;

/** What may still be read, over all parts of one workbook; each element and each attribute takes one. */
export interface Room {
  left: number;
}

/** The root. Throws on what is not well formed, on a DOCTYPE, on depth, and when there is no room left. */
export function readTree(xml: string, room: Room): Node {
  const parser = new SaxesParser();
  const open: { name: string; attributes: Record<string, string>; text: string; children: Node[] }[] = [];
  let root: Node | null = null;
  parser.on('doctype', () => {
    throw new Error('含有 DOCTYPE');
  });
  const take = (): void => {
    room.left -= 1;
    if (room.left < 0) throw new Error('内容过多');
  };
  parser.on('attribute', take);
  parser.on('opentag', ({ name, attributes }) => {
    take();
    if (open.length >= MAX_DEPTH) throw new Error('层次过深');
    open.push({ name, attributes: attributes as Record<string, string>, text: '', children: [] });
  });
  const heard = (text: string): void => {
    const here = open.at(-1);
    if (here !== undefined) here.text += text;
  };
  parser.on('text', heard);
  parser.on('cdata', heard);
  parser.on('closetag', () => {
    const made = open.pop();
    if (made === undefined) return;
    const node: Node = { ...made, name: made.name.replace(/^\w+:/u, ''), all: (name) => below(made.children, name) };
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else parent.children.push(node);
  });
  parser.write(xml.replace(/^\ufeff/u, '')).close();
  if (root === null) throw new Error('没有内容');
  return root;
}

function below(children: readonly Node[], name: string): readonly Node[] {
  return children.flatMap((child) => [...(child.name === name ? [child] : []), ...child.all(name)]);
}
