/** How the adapter reacts to the platform's codes, numbers of the old host and words of the new one: the table of dossier section 7 as data. */
import type { SendResult } from '../../ports/platform';

type Fault = Extract<SendResult, { is: 'refused' }>['fault'];

/**
 * `again`: a road error of this address, or of the whole tenant. `quota`: nothing goes this way before the month
 * is over, of the organisation's calls or of the DINGs it bought. `token`: fetch a
 * new one and repeat once. `early`: the answer is not there yet, ask later. `refused`: this message will never go this way.
 */
export type Reaction =
  | { readonly is: 'again'; readonly blocks: 'outlet' | 'tenant'; readonly waitMs: number; readonly why: Wait }
  | { readonly is: 'quota'; readonly of: 'calls' | 'dings' }
  | { readonly is: 'token' | 'early' }
  | { readonly is: 'refused'; readonly fault: Fault; readonly why: string };
type Wait = 'busy' | 'rate' | 'flood' | 'ban' | 'credential';

interface Row {
  readonly reaction: Reaction;
  /** Exact codes, as text. */
  readonly codes?: readonly (string | number)[];
  /** Beginnings or parts of the new host's codes. */
  readonly like?: RegExp;
}

const refused = (fault: Fault, why: string): Reaction => ({ is: 'refused', fault, why });
const again = (why: Wait, waitMs: number, blocks: 'outlet' | 'tenant' = 'outlet'): Reaction => ({ is: 'again', blocks, waitMs, why });

const MINUTE_MS = 60_000;

/** The first row that names a code, else the first whose pattern fits it. */
const TABLE: readonly Row[] = [
  { reaction: again('busy', 2_000), codes: [-1, 15, 500100, 88] },
  { reaction: { is: 'token' }, codes: ['InvalidAuthentication', 40001, 40014, 41001, 42001] },
  { reaction: again('credential', 5 * MINUTE_MS), codes: ['authFailed', 40089] },
  { reaction: again('rate', 2_000), codes: [90018, 90019, 90002, 'http_429'], like: /QpsLimit/i },
  { reaction: again('flood', MINUTE_MS), codes: [130101, 410100, 302033] },
  {
    reaction: again('ban', 5 * MINUTE_MS, 'tenant'),
    codes: [90001, 90003, 90004, 90005, 90006, 90007, 90008, 90009, 90010, 90011, 90012, 90013, 90014, 1111],
  },
  { reaction: { is: 'quota', of: 'calls' }, codes: [90020, 90030], like: /ApiCountLimitForOrg/ },
  { reaction: { is: 'quota', of: 'dings' }, like: /quota\.insufficient/ },
  { reaction: { is: 'early' }, codes: ['processQueryKey.expireTime'], like: /processQueryKey\.expireTime/ },
  {
    reaction: refused('permission', 'right or address missing: the operator must act'),
    codes: [60011, 50002, 60020, 310000],
    like: /AccessTokenPermissionDenied|IpNotInWhiteList/,
  },
  {
    reaction: refused('receiver', 'person or group cannot be reached'),
    codes: [
      300001,
      300005,
      400101,
      400102,
      400106,
      400013,
      660023,
      60121,
      33012,
      49004,
      49005,
      49006,
      49007,
      60103,
      143103,
      143104,
      143105,
      1430003,
      1430004,
      'bot.stopped',
    ],
    like: /openConversationId\.(notExisted|invalid)|userIds\.invalid|param\.userIdNotExist|robotCode\.notExsit/,
  },
  { reaction: refused('capability', 'no such call here'), codes: ['http_404'] },
  {
    reaction: refused('capability', 'no such card or template here'),
    codes: [665036, 'template.not.existed', 'template.stopped'],
    like: /^param\.(cardTemplateIdEmpty|openSpace)/,
  },
  {
    reaction: refused('content', 'content refused: the wording must change'),
    codes: [430101, 430102, 430103, 430104, 1430002, 143106, 'param.contentUnsafe'],
  },
  { reaction: refused('content', 'file refused'), codes: [40004, 40005, 40006, 40007, 41005, 45001] },
  {
    reaction: refused('content', 'parameters: own mistake'),
    codes: [40035, 43002, 43004, 400105, 9499, 'Missingbody', 'resource.not.found'],
    like: /^invalidParameter|^param\.|^invalid\./,
  },
];

const EXACT: ReadonlyMap<string, Reaction> = new Map(
  TABLE.flatMap(({ reaction, codes = [] }) => codes.map((code) => [String(code), reaction] as const)),
);

/** The reaction to a code, also to one that the old host wrapped; an unknown one counts as refused for its content and never as worth a repeat. */
export function reactionTo(code: string): Reaction {
  const bare = code.replace(/^88\.(?=.)/, '');
  return EXACT.get(bare) ?? TABLE.find(({ like }) => like?.test(bare))?.reaction ?? refused('content', 'unknown code');
}

/** Codes after which a robot is left alone for a minute, then for ten (dossier 7). */
export const FLOOD_CODES: ReadonlySet<string> = new Set(['130101', '410100', '302033']);
