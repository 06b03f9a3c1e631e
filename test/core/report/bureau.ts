/** What the report tests share: the counties of the sample bureau and the rulebooks shipped with the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packSchema } from '../../../src/core/plans/packSchema';
import { profileSchema } from '../../../src/core/plans/profileSchema';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import type { Lexicon } from '../../../src/core/report/fields';

export const LEXICON: Lexicon = {
  counties: [
    { id: 'hubin', names: ['湖滨区', '湖滨'] },
    { id: 'shanzhou', names: ['陕州区', '陕州'] },
    { id: 'lingbao', names: ['灵宝市', '灵宝'] },
    { id: 'yima', names: ['义马市', '义马'] },
    { id: 'lushi', names: ['卢氏县', '卢氏'] },
    { id: 'mianchi', names: ['渑池县', '渑池'] },
    { id: 'kfq', names: ['开发区', '经开区'] },
  ],
};

const CONFIG = join(__dirname, '../../../config');

/** One rulebook for each shipped pack, in the order of their folders. */
export function shippedRulebooks(packs = join(CONFIG, 'plan-packs')): readonly Rulebook[] {
  const profile = profileSchema.parse(yaml(join(CONFIG, 'deadline-profiles/standard.yaml')));
  return readdirSync(packs)
    .sort()
    .map((id) => ({ hash: id, pack: packSchema.parse(yaml(join(packs, id, 'pack.yaml'))), profile }));
}

function yaml(path: string): unknown {
  return parse(readFileSync(path, 'utf8'));
}
