/** The self-check: what is called a fault, what is only to be known, and that each fault says how it is mended. */
import { expect, test } from '@jest/globals';
import { type Facts, findings } from '../../src/handlers/doctor';

const GIB = 2 ** 30;
const WELL: Facts = {
  database: { version: '18.4', bytes: 11 * 2 ** 20, nowMs: 1_000_000, tookMs: 4 },
  wallMs: 1_000_002,
  redisMs: 1,
  knowsZone: true,
  year: null,
  gaps: [],
  lines: [{ id: 'wecom:t:robot', name: '企业微信 t', isHeld: true, heardAgoMs: 10_000 }],
  disk: { folder: '/data', isWritable: true, freeBytes: 50 * GIB, totalBytes: 100 * GIB },
  pdfProgram: '/usr/bin/soffice',
  fonts: ['FangSong'],
  unreachable: [],
  emptySeats: [],
};
const found = (over: Partial<Facts>, id: string) => findings({ ...WELL, ...over }).find((one) => one.id === id);

test('一切正常时没有一项要处理', () => {
  expect(findings(WELL).filter(({ is, mend }) => is !== 'good' || mend !== '')).toEqual([]);
});

test.each<[string, Partial<Facts>, string, 'note' | 'fault']>([
  ['数据库没有答复', { database: null }, 'database', 'fault'],
  ['数据库版本太旧', { database: { version: '13.9', bytes: 1, nowMs: 0, tookMs: 1 } }, 'database', 'fault'],
  ['数据库答得慢', { database: { version: '16.2', bytes: 1, nowMs: 1_000_000, tookMs: 900 } }, 'database', 'note'],
  ['本机的钟快了三秒', { wallMs: 1_003_002 }, 'clock', 'fault'],
  ['Redis 没有答复', { redisMs: false }, 'redis', 'fault'],
  ['认不得上海时区', { knowsZone: false }, 'zone', 'fault'],
  ['明年的节假日还没有安排', { year: { year: 2027, provisional: false, daysLeft: 39 } }, 'calendar', 'note'],
  ['三天后没有带班领导', { gaps: [{ day: '2026-11-25', role: 'duty_leader', holiday: null, has: 0, needs: 1 }] }, 'roster', 'fault'],
  ['没有系统管理员', { emptySeats: ['系统管理员'] }, 'seats', 'fault'],
  ['有岗位的人没有账号', { unreachable: ['某人'] }, 'accounts', 'note'],
  ['长连接两分钟没有声音', { lines: [{ id: 'l', name: '企业微信', isHeld: true, heardAgoMs: 120_000 }] }, 'line:l', 'fault'],
  ['长连接没有进程维持', { lines: [{ id: 'l', name: '企业微信', isHeld: false, heardAgoMs: 1 }] }, 'line:l', 'fault'],
  ['磁盘快满了', { disk: { folder: '/d', isWritable: true, freeBytes: GIB / 2, totalBytes: 100 * GIB } }, 'disk', 'fault'],
  ['磁盘剩得不多', { disk: { folder: '/d', isWritable: true, freeBytes: 5 * GIB, totalBytes: 100 * GIB } }, 'disk', 'note'],
  ['数据目录写不了', { disk: { folder: '/d', isWritable: false, freeBytes: 50 * GIB, totalBytes: 100 * GIB } }, 'disk', 'fault'],
  ['没有 LibreOffice', { pdfProgram: null }, 'pdf', 'note'],
  ['没有公文字体', { fonts: ['Noto Sans CJK SC'] }, 'fonts', 'note'],
])('%s：说出来，并说怎样处理', (_title, over, id, is) => {
  expect(found(over, id)).toMatchObject({ is, mend: expect.stringMatching(/./) });
});

test('没有用 Redis 的、没有问过平台的，不说这两项', () => {
  expect([found({ redisMs: null }, 'redis'), found({ unreachable: null }, 'accounts')]).toEqual([undefined, undefined]);
});
