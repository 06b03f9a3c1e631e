/** What every listed error code of the platform has to lead to, written from the rules alone; held against the table and against every channel. */
import type { SendResult } from '../../../src/ports/platform';

/** Every code, by what it has to lead to; `alert` is a line that asks an operator to act. */
const CLASSES: readonly (readonly [string, string, Partial<SendResult>, readonly number[]])[] = [
  ['retry soon', 'warn', { is: 'road', blocks: 'outlet', waitMs: 2000 }, [-1, 6000, 45033, 846601, 846602]],
  ['block for the window', 'warn', { is: 'road', blocks: 'outlet', waitMs: 60_000 }, [45009]],
  ['connect anew', 'warn', { is: 'road', blocks: 'outlet', waitMs: 2000 }, [846609]],
  ['a new token, and an alert once that fails too', 'error', { is: 'refused', fault: 'permission' }, [40001, 40014, 42001]],
  ['too late: fallback', 'info', { is: 'refused', fault: 'capability' }, [42052, 60140, 40029, 42003, 42022, 846605, 846608]],
  ['fallback and alert', 'error', { is: 'refused', fault: 'capability' }, [600039, 93006, 43012, 40008]],
  [
    'card: in words, and alert',
    'error',
    { is: 'refused', fault: 'capability' },
    [
      42014, 42015, 42016, 42017, 42018, 42019, 42020, 42027, 42028, 42029, 42030, 42031, 42033, 42035, 42036, 42037, 42038, 42039, 42040,
      42041, 42042, 42043, 42044, 42045, 42046, 42047, 42049, 42050, 42051,
    ],
  ],
  [
    'alert: credentials and rights',
    'error',
    { is: 'refused', fault: 'permission' },
    [
      40013, 40091, 40056, 301002, 853000, 93019, 93000, 93004, 93008, 48001, 48002, 48005, 48006, 48009, 60011, 60020, 301042, 50001,
      50002, 50003, 301007,
    ],
  ],
  [
    'alert: who was not reached',
    'error',
    { is: 'refused', fault: 'receiver' },
    [
      81013, 81012, 82001, 82002, 82003, 40003, 40031, 40032, 60111, 46004, 301021, 82101, 82102, 60003, 60123, 40050, 49008, 86001, 86002,
      86003, 86004, 86005, 86006, 86007, 86008, 86101, 86201, 86202, 86203, 86204, 86205, 86206, 86207, 86215, 86216, 86217,
    ],
  ],
  [
    'alert: wording, media, own mistake',
    'error',
    { is: 'refused', fault: 'content' },
    [
      40007, 45001, 45002, 45008, 40058, 40201, 40204, 85002, 44001, 44004, 82004, 40004, 40005, 40006, 40009, 40011, 45007, 301016, 301017,
      301019, 40206, 40033, 40035, 40063, 40066, 40068, 41001, 41002, 41003, 41004, 41005, 41006, 41007, 41008, 41009,
    ],
  ],
];

/** One row for each code. */
export const CODES = CLASSES.flatMap(([does, level, end, codes]) => codes.map((code) => ({ code, does, level, end })));
