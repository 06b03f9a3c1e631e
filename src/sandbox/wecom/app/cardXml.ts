/** A card in the XML of a passive answer (dossier 5.10): PascalCase children, repeated ones as lists, numbers as text. */
import type { XmlNode } from '../readXml';

const LISTS = ['horizontal_content_list', 'vertical_content_list', 'jump_list', 'button_list', 'select_list', 'option_list', 'action_list'];
const NUMBERS = ['type', 'style', 'mode', 'desc_color', 'aspect_ratio'];
const TRUTHS = ['disable', 'is_checked'];
const NAMES: Readonly<Record<string, string>> = { check_box: 'checkbox', key_name: 'keyname', app_id: 'appid', page_path: 'pagepath' };

/** The fields of the card under their JSON names. */
export function cardFields(node: XmlNode): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const child of node.children) {
    const name = jsonName(child.name);
    const value = child.children.length > 0 ? cardFields(child) : plain(name, child.text.trim());
    const list = fields[name];
    if (!LISTS.includes(name)) fields[name] = value;
    else if (Array.isArray(list)) list.push(value);
    else fields[name] = [value];
  }
  return fields;
}

function jsonName(name: string): string {
  const snake = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  return NAMES[snake] ?? snake;
}

function plain(name: string, text: string): unknown {
  if (NUMBERS.includes(name)) return Number(text);
  return TRUTHS.includes(name) ? text === 'true' || text === '1' : text;
}
