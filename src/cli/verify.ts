/** `fenghuo verify [incident]`: is the record as it was written? Names the first broken row of every broken stream. */
import { firstWrongAnchor } from '../handlers/anchor';
import { type Break, breakZh, firstBreak } from '../handlers/verify';
import type { Anchors, AnchorsOutside } from '../ports/anchors';
import type { Chains, StoredChain } from '../ports/chains';
import type { Digest } from '../ports/ids';

interface Found {
  readonly kind: string;
  readonly n: number;
  readonly events: number;
  readonly erased: number;
  /** Papers that went out. */
  readonly papers: number;
  /** Null where all holds. */
  readonly broken: (Break & { readonly zh: string }) | null;
}

interface Verifying {
  /** One incident alone; null: everything, with the anchors. */
  readonly incident: number | null;
  readonly json: boolean;
  readonly write: (line: string) => void;
  /** Missing: anchors are not looked at. */
  readonly anchored?: Anchored;
}

/** 0 when every chain holds, 1 when one is broken, 2 when there is no such incident. */
export async function verify(chains: Chains, digest: Digest, { incident, json, write, anchored }: Verifying): Promise<number> {
  const found: Found[] = [];
  for (const stream of await chains.streams(incident)) {
    const read = await chains.read(stream);
    if (read === null) continue;
    const broken = firstBreak(read, digest);
    const { kind, n, events } = read.chain;
    const erased = read.texts.filter((text) => text.body === null).length;
    const papers = read.papers.filter((paper) => paper.frozenHash !== null).length;
    found.push({ kind, n, events: events.length, erased, papers, broken: broken === null ? null : { ...broken, zh: breakZh(broken) } });
  }
  if (incident !== null && found.length === 0) {
    write(`没有事件 #${incident}。`);
    return 2;
  }
  const held = anchored === undefined || incident !== null ? null : await heldBy(anchored, digest);
  const said = [...found.map(lineOf), ...(held === null ? [] : [anchorLine(held)])];
  for (const line of json ? [JSON.stringify({ items: found, anchors: held })] : said) write(line);
  return found.some(({ broken }) => broken !== null) || (held !== null && held.broken !== null) ? 1 : 0;
}

/** Daily anchors in the database and outside it. */
export interface Anchored {
  readonly anchors: Anchors;
  readonly outside: AnchorsOutside;
}

interface Held {
  readonly days: number;
  readonly broken: Awaited<ReturnType<typeof firstWrongAnchor>>;
}

async function heldBy({ anchors, outside }: Anchored, digest: Digest): Promise<Held> {
  return { broken: await firstWrongAnchor(anchors, outside, digest), days: (await anchors.all()).length };
}

function anchorLine({ days, broken }: Held): string {
  return `每日锚点：${broken === null ? `完整，共 ${days} 天` : broken.zh}`;
}

const KIND_ZH: Readonly<Record<StoredChain['kind'], string>> = {
  incident: '事件 #',
  duty: '值班第',
  register: '台账 ',
  admin: '管理记录 ',
};

function lineOf({ kind, n, events, erased, papers, broken }: Found): string {
  const name = `${KIND_ZH[kind as StoredChain['kind']]}${n}${kind === 'duty' ? '班' : ''}`;
  const kept = erased === 0 ? '' : `，其中 ${erased} 条原话已按决定销毁`;
  const sent = papers === 0 ? '' : `，已报送文稿 ${papers} 份`;
  return `${name}：${broken === null ? `完整，共 ${events} 条记录${sent}${kept}` : `不完整：${broken.zh}`}`;
}
