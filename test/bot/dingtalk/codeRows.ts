/** What every listed code of the platform has to lead to, written from the rules alone (dossier 3, 4, 7); held against the table and every channel. */
import type { SendResult } from '../../../src/ports/platform';

type End = Partial<SendResult>;
const refused = (fault: 'content' | 'receiver' | 'capability' | 'permission'): End => ({ is: 'refused', fault });
const waits = (waitMs: number, blocks: 'outlet' | 'tenant' = 'outlet'): End => ({ is: 'road', blocks, waitMs });

/** Every code, by what it has to lead to; `level` is that of the log line, `error` asks an operator to act. */
type Class = readonly [string, 'warn' | 'error', End, readonly (number | string)[]];

const MINUTE = 60_000;

/** Numbers of the old host. */
const OLD: readonly Class[] = [
  ['busy: again soon', 'warn', waits(2_000), [-1, 15, 500100]],
  ['too fast: again soon', 'warn', waits(2_000), [90018, 90019, 90002]],
  ['robot floods: a minute', 'warn', waits(MINUTE), [130101, 410100, 302033]],
  ['banned: silence for all', 'error', waits(5 * MINUTE, 'tenant'), [90001, 90003, 90005, 90009, 90014, 1111]],
  ['credentials: again in five minutes', 'error', waits(5 * MINUTE), [40089]],
  ['month used up: another way', 'error', refused('capability'), [90020, 90030]],
  ['a right is missing', 'error', refused('permission'), [60011, 50002, 60020, 310000]],
  [
    'nobody there',
    'error',
    refused('receiver'),
    [300001, 300005, 400101, 400102, 400106, 400013, 660023, 60121, 33012, 49004, 49007, 60103, 143103, 143104, 143105, 1430003, 1430004],
  ],
  ['wording refused', 'error', refused('content'), [430101, 430102, 430103, 430104, 1430002, 143106]],
  ['own mistake', 'error', refused('content'), [40035, 43002, 43004, 400105, 9499, 40004, 40005, 40006, 41005, 45001]],
  ['nobody knows it', 'error', refused('content'), [660026, 987654]],
];

/** Words of the new host; one status stands for four different things. */
const NEW: readonly Class[] = [
  [
    'too fast: again soon',
    'warn',
    waits(2_000),
    ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'Forbidden.AccessDenied.QpsLimitForApi', 'QpsLimit.ExceedRealQps'],
  ],
  [
    'month used up: another way',
    'error',
    refused('capability'),
    ['Forbidden.AccessDenied.ApiCountLimitForOrg', 'ding.serverquota.insufficient'],
  ],
  [
    'a right is missing',
    'error',
    refused('permission'),
    ['Forbidden.AccessDenied.AccessTokenPermissionDenied', 'Forbidden.AccessDenied.IpNotInWhiteList'],
  ],
  [
    'nobody there',
    'error',
    refused('receiver'),
    [
      'bot.stopped',
      'openConversationId.notExisted',
      'invalidParameter.openConversationId.invalid',
      'invalidParameter.userIds.invalid',
      'invalidParameter.robotCode.notExsit',
      'param.userIdNotExist',
    ],
  ],
  ['no such card here', 'error', refused('capability'), ['template.not.existed', 'template.stopped', 'param.openSpaceIdInvalid']],
  ['wording refused', 'error', refused('content'), ['param.contentUnsafe']],
  [
    'own mistake',
    'error',
    refused('content'),
    [
      'invalidParameter.msgParam.invalid',
      'invalidParameter.msgKey.empty',
      'param.empty',
      'Missingbody',
      'resource.not.found',
      'invalid.processQueryKey',
    ],
  ],
  ['nobody knows it', 'error', refused('content'), ['something.new']],
];

function rowsOf(classes: readonly Class[], field: 'errcode' | 'code') {
  return classes.flatMap(([does, level, end, codes]) =>
    codes.map((code) => ({ does, level, code, name: `${code}: ${does}`, fault: { [field]: code }, end: { code: String(code), ...end } })),
  );
}

/** One row for each code, as it is planted and as the sending has to end. */
export const OLD_CODES = rowsOf(OLD, 'errcode');
export const NEW_CODES = rowsOf(NEW, 'code');
