/** When the model is asked and when it is left alone: the second reading on an imagined office whose time the test sets. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../src/core/instant';
import { runSecondReading } from '../../src/jobs/secondReading';
import type { SecondAnswer, Unread } from '../../src/ports/secondReader';
import { HandPace, until } from '../bot/wire/support';
import { report } from '../core/builders';
import { openImaginedOffice } from '../handlers/office';

let pace: HandPace;
let imagined: ReturnType<typeof openImaginedOffice>;
let reports: Unread[];
let asked: string[];
let lines: string[];
let isMine: boolean;
let answer: () => Promise<SecondAnswer>;
let stop: () => Promise<void>;

const NOTHING: SecondAnswer = { is: 'answer', answer: {} };
const DOWN: SecondAnswer = { is: 'failed', why: 'ECONNREFUSED' };

beforeEach(() => {
  pace = new HandPace();
  imagined = openImaginedOffice();
  [reports, asked, lines, isMine] = [[], [], [], true];
  answer = async () => NOTHING;
  const { deps } = imagined.office;
  const log = { ...deps.log, warn: (_: object, line: string) => void lines.push(line) };
  stop = runSecondReading(
    { ...deps, log },
    {
      reader: {
        ask: (words) => {
          asked.push(words);
          return answer();
        },
      },
      unread: { waiting: async (_, without) => reports.filter(({ stream }) => !without.includes(stream)) },
      pace,
      isMine: async () => isMine,
      offered: () => undefined,
    },
  );
});
afterEach(async () => {
  pace.pass(1);
  await stop();
});

/** So many reports come in. */
async function come(count: number, first = 1): Promise<void> {
  for (let i = first; i < first + count; i += 1) {
    await imagined.office.act(`s${i}`, 'duty1', report());
    reports.push({ stream: `s${i}`, inbox: String(i) });
  }
}

/** Lets a round begin after so long, and end. */
async function round(ms: number): Promise<void> {
  await until(() => pace.waits().length === 1);
  pace.pass(ms);
  await until(() => pace.waits().length === 1);
}

describe('the model', () => {
  test('is asked once for each report, and no more where it has nothing to add', async () => {
    await come(3);
    await round(1_000);
    await round(1_000);
    expect(asked).toHaveLength(3);
  });

  test('is asked one question at a time', async () => {
    let open = 0;
    let most = 0;
    answer = async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((soon) => setImmediate(soon));
      open -= 1;
      return NOTHING;
    };
    await come(3);
    await round(1_000);
    expect([asked.length, most]).toEqual([3, 1]);
  });

  test('is asked twenty times a minute at most', async () => {
    await come(25);
    await round(1_000);
    await round(1_000);
    expect(asked).toHaveLength(20);
    await round(MINUTE);
    expect(asked).toHaveLength(25);
  });

  test('is not asked by a process that is not the one to ask', async () => {
    isMine = false;
    await come(1);
    await round(1_000);
    expect(asked).toEqual([]);
  });

  test('that fails is left alone for twenty seconds, tried twice for one report, and told of once', async () => {
    answer = async () => DOWN;
    await come(1);
    await round(1_000);
    await round(1_000);
    expect(asked).toHaveLength(1);
    await round(19_000);
    await round(20_000);
    await round(20_000);
    expect(asked).toHaveLength(2);
    expect(lines).toEqual(['the second reader does not answer; the rules read alone']);
    answer = async () => NOTHING;
    await come(1, 2);
    await round(1_000);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('the second reader answers again');
  });

  test('that answers something else counts as failing', async () => {
    answer = async () => ({ is: 'answer', answer: 'fine' });
    await come(1);
    await round(1_000);
    expect(lines).toHaveLength(1);
  });
});
