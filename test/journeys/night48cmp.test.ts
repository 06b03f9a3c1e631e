import { readFileSync } from 'node:fs';
import { test } from '@jest/globals';
import { expectedEffects, observedEffects } from './night48/effects';

test('cmp', () => {
  const d = JSON.parse(readFileSync('/tmp/time8-dump.json', 'utf8'));
  const want = expectedEffects();
  const got = observedEffects(d.messages, d.zero);
  process.stdout.write(
    `MISSING\n${want.filter((e) => !got.includes(e)).join('\n')}\nEXTRA\n${got.filter((e) => !want.includes(e)).join('\n')}\n same ${want.filter((e) => got.includes(e)).length}`,
  );
});
