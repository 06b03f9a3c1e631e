import { expect, test } from '@jest/globals';
import { holdsUnit, signOf, signsIn, unitsOf } from '../../../src/core/report/units';

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

test('全文有没有某组字，一遍看完，组与组分得清', () => {
  const [harm, figures] = [signOf('伤亡死毒命'), signOf('%0')];
  const has = (text: string): readonly boolean[] => [harm, figures].map((sign) => (signsIn(text) & sign) !== 0);
  expect([has('两人受伤'), has('涨幅60%'), has('死亡0人'), has('')]).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [false, false],
  ]);
  expect(signOf('伤亡死毒命')).toBe(harm);
});
