/** Rules on words: what belongs to plan packs stays in data, what belongs to a platform stays in its folder. */
import { roomOf } from './directions';
import type { PackWords } from './packWords';
import { inEach, type Rule } from './rule';
import type { Node, Source } from './source';

/** No pack's vocabulary in the sources, in any text or property name. */
export function packsOwnTheirWords({ packs, anywhere, whole }: PackWords): Rule {
  const foundIn = (text: string): string | undefined => {
    if (packs.has(text)) return 'names a plan';
    const word = whole.has(text) ? text : [...anywhere].find((some) => text.includes(some));
    return word === undefined ? undefined : `says ${word}`;
  };
  return {
    title: 'no level, group, category or plan of a pack is named in the sources: they are data',
    guards: (path) => path.endsWith('.ts'),
    find: inEach((file) =>
      textsOf(file).flatMap(({ text, line }) => {
        const what = foundIn(text);
        return what === undefined ? [] : [{ line, what }];
      }),
    ),
    except: [{ path: 'cli/parse.ts', what: 'names a plan', why: 'the labelled reports have names of their own for the two plans' }],
    planted: [
      {
        'core/a.ts': "export const first = (group: string) => group === 'legal';",
      },
      {
        'core/b.ts': 'export const duties = { on_site: 1 };',
      },
      {
        'core/c.ts': 'export const say = `事件已定为较大（Ⅲ级）`;',
      },
    ],
  };
}

const noLevelNumber: Rule = {
  title: 'no level is compared with or set to a number: rank and urgency come from the pack',
  guards: (path) => path.endsWith('.ts'),
  find: inEach((file) => file.nodes.flatMap((node) => (namesLevel(node) ? [{ line: file.lineOf(node), what: 'a level number' }] : []))),
  planted: [
    {
      'core/a.ts': 'export const isGrave = (level: { rank: number }) => level.rank <= 2;',
    },
    {
      'core/b.ts': 'export const start = { rank: 4 };',
    },
  ],
};

const PLATFORM = /wecom|wework|wechat|ding_?talk|gov_?ding|feishu|企业微信|政务微信|钉钉|飞书/i;
/** Where a platform is chosen, set, started or simulated. */
const PLATFORM_ROOMS = ['bot/wecom', 'bot/dingtalk', 'sandbox', 'settings', 'cli', 'main'];
const PLATFORM_FILES = ['wiring/platforms.ts', 'wiring/sandbox.ts'];

const platformsAtHome: Rule = {
  title: 'no platform is named outside its adapter, the simulator, the settings and the wiring of platforms, not even in a comment',
  guards: (path) => !PLATFORM_ROOMS.includes(roomOf(path)) && !PLATFORM_FILES.includes(path),
  find: inEach((file) =>
    [...file.text.split('\n').entries()].flatMap(([i, words]) => {
      const found = PLATFORM.exec(words);
      return found === null ? [] : [{ line: i + 1, what: `says ${found[0]}` }];
    }),
  ),
  planted: [{ 'core/x.ts': "export const hint = '请在企业微信中打开';" }],
};

export const words: readonly Rule[] = [noLevelNumber, platformsAtHome];

/** Every text a file says: strings, templates, patterns, texts inside types, and property names. */
function textsOf(file: Source): readonly { readonly text: string; readonly line: number }[] {
  return file.nodes.flatMap((node) => {
    const text = textOf(node);
    return text === null ? [] : [{ text, line: file.lineOf(node) }];
  });
}

function textOf(node: Node): string | null {
  switch (node.type) {
    case 'StringLiteral':
      return String(node.value);
    case 'TemplateElement':
      return String(node.cooked ?? node.raw);
    case 'RegExpLiteral':
      return String(node.pattern);
    case 'KeyValueProperty':
    case 'TsPropertySignature': {
      const key = node.key as Node;
      return key.type === 'Identifier' && /_/.test(String(key.value)) ? String(key.value) : null;
    }
    default:
      return null;
  }
}

const COMPARISONS = new Set(['===', '!==', '==', '!=', '<', '<=', '>', '>=']);

function namesLevel(node: Node): boolean {
  if (node.type === 'BinaryExpression' && COMPARISONS.has(String(node.operator)))
    return (isLevel(node.left) && isNumber(node.right)) || (isNumber(node.left) && isLevel(node.right));
  return node.type === 'KeyValueProperty' && isLevel(node.key) && isNumber(node.value);
}

function isLevel(node: unknown): boolean {
  const { type, value, property } = node as Node;
  return type === 'Identifier' ? /^(rank|level)$/i.test(String(value)) : type === 'MemberExpression' && isLevel(property);
}

function isNumber(node: unknown): boolean {
  return (node as Node).type === 'NumericLiteral';
}
