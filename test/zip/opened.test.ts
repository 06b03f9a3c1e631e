/** What others packed is opened as it says, or not at all. */
import { expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { opened, UnreadableArchive } from '../../src/zip/opened';

const MOST = 1024;
const good = Buffer.from(zipSync({ 'a/b.txt': strToU8('烽火'), 'stored.txt': [strToU8('x'), { level: 0 }], 'folder/': new Uint8Array() }));
const listed = (nth: number): number => {
  let at = good.indexOf('PK\x01\x02');
  for (let i = 0; i < nth; i++) at = good.indexOf('PK\x01\x02', at + 1);
  return at;
};
const end = good.lastIndexOf('PK\x05\x06');
/** The sound archive with one field of its directory written over. */
function bent(at: number, value: number, bytes: 2 | 4): Buffer {
  const zip = Buffer.from(good);
  zip.writeUIntLE(value, at, bytes);
  return zip;
}

test('a sound archive, also with a comment behind it: packed and stored files, no folders', () => {
  const commented = Buffer.concat([bent(end + 20, 3, 2), Buffer.from('abc')]);
  for (const zip of [good, commented])
    expect([...opened(zip, { most: MOST })].map(([path, file]) => [path, Buffer.from(file).toString()])).toEqual([
      ['a/b.txt', '烽火'],
      ['stored.txt', 'x'],
    ]);
  expect([...opened(good, { most: MOST, isWanted: (path) => path === 'stored.txt' }).keys()]).toEqual(['stored.txt']);
});

test.each([
  ['no zip', Buffer.from('日期,值班员'), '不是压缩包'],
  ['nothing', Buffer.alloc(0), '不是压缩包'],
  ['cut off', good.subarray(0, good.length - 30), '不是压缩包'],
  ['larger than allowed', zipSync({ a: new Uint8Array(MOST), b: new Uint8Array(MOST) }), '解开后大于'],
  ['a file that is longer than it says', bent(listed(0) + 24, 2, 4), '已损坏'],
  ['a file that is shorter than it says', bent(listed(0) + 24, 900, 4), '长度'],
  ['packed bytes beyond the end', bent(listed(1) + 20, 1e6, 4), '重叠'],
  ['a directory elsewhere', bent(end + 16, 1e9, 4), '已损坏'],
  ['more entries than there are', bent(end + 10, 60_000, 2), '已损坏'],
  ['a file elsewhere', bent(listed(1) + 42, 7, 4), '已损坏'],
  ['encrypted', bent(listed(0) + 8, 1, 2), '已加密'],
  ['packed otherwise', bent(listed(0) + 10, 12, 2), '不支持'],
  ['of the kind for more than 4 GB', bent(listed(0) + 24, 0xffffffff, 4), '超大'],
])('%s: not opened, and said why', (_, zip, why) => {
  expect(() => opened(zip, { most: MOST })).toThrow(UnreadableArchive);
  expect(() => opened(zip, { most: MOST })).toThrow(why);
});

test.each(['../a', '/a', 'C:a', 'a\\b', 'a\u0007'])('a file named %j: not opened', (path) => {
  expect(() => opened(zipSync({ [path]: strToU8('x') }), { most: MOST })).toThrow('文件名');
});

test('two files of one name: not opened', () => {
  const twice = Buffer.from(zipSync({ aa: strToU8('1'), ab: strToU8('2') }));
  const name = twice.lastIndexOf('ab', twice.lastIndexOf('PK\x05\x06'));
  twice.write('aa', name);
  expect(() => opened(twice, { most: MOST })).toThrow('重名');
});
