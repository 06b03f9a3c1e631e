/** The custom robot's signature against the known answers of the dossier. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { signed } from '../../../../src/bot/dingtalk/channels/webhook';

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly timestamp: string;
  readonly sign: string;
  readonly queryAppended: string;
}
const file = join(__dirname, '..', '..', '..', 'fixtures', 'dingtalk-vectors.json');
const vectors = (JSON.parse(readFileSync(file, 'utf8')) as { readonly customRobotSign: readonly Vector[] }).customRobotSign;

describe('the signature of the custom robot', () => {
  test.each(vectors)('$name', ({ secret, timestamp, sign, queryAppended }) => {
    const query = signed(secret, Number(timestamp));
    expect(query).toEqual({ timestamp, sign });
    const url = new URL('https://oapi.example/robot/send?access_token=t');
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    expect(url.search).toBe(`?access_token=t${queryAppended}`);
  });

  test('is left out for a robot that asks for none', () => expect(signed(undefined, 1)).toEqual({}));
});
