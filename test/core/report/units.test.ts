import { expect, test } from '@jest/globals';
import { holdsUnit, unitsOf } from '../../../src/core/report/units';

test('两组字有相同的字也分得清，相同的字就是同一组', () => {
  const [harm, death] = [unitsOf('伤亡死'), unitsOf('亡死')];
  expect([harm.has('伤'.charCodeAt(0)), death.has('伤'.charCodeAt(0)), death.has('亡'.charCodeAt(0))]).toEqual([true, false, true]);
  expect(unitsOf('伤亡死')).toBe(harm);
});

test('要看的一段超出文字两头时，只看文字所及之处', () => {
  const signs = unitsOf(',。');
  expect(signs.within('六十人,', -5, 99)).toBe(true);
  expect(signs.within('六十人,', 0, 3)).toBe(false);
  expect(holdsUnit('六十人', signs)).toBe(false);
  expect([signs.at('。', -1), signs.at('。', 0), signs.at('。', 1)]).toEqual([false, true, false]);
});
