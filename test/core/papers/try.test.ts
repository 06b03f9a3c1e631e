import { test } from '@jest/globals';
import type { PaperKind } from '../../../src/core/papers/draft';
import { officialPaper } from '../../../src/core/papers/officialPaper';
import { untraced } from '../../../src/core/papers/trace';
import { PAPERS } from '../../../src/core/plans/schema/papers';
import { longLife, OFFICE } from './life';

const details = {
  organ: OFFICE.organ,
  masthead: null,
  urgency: null,
  number: null,
  signer: '王总',
  signedAt: null,
  attachments: [],
  printed: null,
};
const show = (d: any) => {
  const o = officialPaper(d, details);
  console.log(
    [
      o.title,
      '主送：' + o.to.join('、'),
      ...o.body.map((b: any) => (b.is === 'table' ? [b.columns, ...b.rows].map((r: any) => r.join(' | ')).join('\n') : b.text)),
      o.note,
      JSON.stringify(d.warnings),
    ].join('\n'),
  );
};
test('x', () => {
  const life = longLife();
  for (const p of life.papers) show(p.draft);
  for (const kind of Object.keys(PAPERS) as PaperKind[]) {
    const d = life.draft(kind, { now: life.context().now });
    show(d);
    const u = untraced(d, life.record, life.context());
    if (u.length) console.log('UNTRACED', JSON.stringify(u));
  }
});
