/** A report by a system: nobody's role vouches for it, its source is shown where it may be, and the same matter is offered for 并案, never joined. */
import { describe, expect, test } from '@jest/globals';
import { clear } from '../../../src/core/privacy/clear';
import { type Given, given, report } from '../builders';
import { composed, lastOwed, line, readable } from './intents';

const VIA = { system: 'hotline', source: '12345热线', ref: 'RX-7' };
const heard = (): Given => given().after(null, report({ n: 5, via: VIA, like: [3, 2] }), { room: null, at: '09:00' });

/** All that the duty room is shown of the report, as a room of this exposure sees it. */
function seenInDutyRoom(g: Given, exposure: 'full' | 'pointer'): string {
  const owed = lastOwed(g).filter((intent) => 'room' in intent.to && intent.to.room === 'duty');
  return owed
    .flatMap((intent) => composed(g, intent, { report: '福满楼超市' }) ?? [])
    .map((m) => readable(clear(m, exposure)))
    .join('\n');
}

describe('系统报来的事', () => {
  test('只点值班员签收，不点县区、不告诉领导，标为未核实', () => {
    const g = heard();
    expect(g.state).toMatchObject({ unverified: true, reportedBy: null, via: VIA, like: [3, 2] });
    expect(lastOwed(g).map(line)).toEqual(expect.arrayContaining(['first_mention room:duty page', 'report_known room:duty show']));
    expect(lastOwed(g).filter(({ to }) => 'person' in to && to.person !== 'duty1')).toEqual([]);
  });

  test('值班群看得到来源、对方编号和并案的提示', () => {
    const seen = seenInDutyRoom(heard(), 'full');
    expect(seen).toContain('来源：12345热线，对方编号 RX-7');
    expect(seen).toContain('可能与 #3、#2 是同一件事');
    expect(seen).toContain('#5 并案 #3');
    expect(seen).toContain('未核实');
  });

  test('只准指引的群里没有来源，只有编号', () => {
    const seen = seenInDutyRoom(heard(), 'pointer');
    expect(seen).not.toMatch(/12345热线|RX-7|福满楼/);
    expect(seen).toContain('#5');
  });

  test('并了案、或已经着手核实的，不再提示', () => {
    const g = heard().after('duty1', { type: 'StartVerification' });
    const known = lastOwed(heard()).find((intent) => intent.purpose === 'report_known');
    if (known === undefined) throw new Error('the duty room is owed nothing');
    const words = (at: Given): string =>
      [composed(at, known, { report: '福满楼超市' })]
        .flatMap((m) => m ?? [])
        .map(readable)
        .join('');
    expect(words(heard())).toContain('同一件事');
    expect(words(g)).not.toContain('同一件事');
    expect(words(g)).toContain('#5');
  });
});
