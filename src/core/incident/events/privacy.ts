/** Events about what may be seen, by whom, and for how long. */
import type { Instant } from '../../instant';
import type { PersonId } from '../../roster/roster';
import type { Audience, Done, TextRef } from './common';

/** What somebody was shown unmasked: the words of the report, a person's telephone number, or all words in an evidence bundle. */
export type Revealed = { readonly is: 'report' } | { readonly is: 'bundle' } | { readonly is: 'phone'; readonly person: PersonId };

export type PrivacyEvent =
  /** 公开范围: rooms that may see summaries see them of this incident from now on (decisions.md section 6). */
  | ({ readonly type: 'ExposureWidened'; readonly exposure: 'summary'; readonly told: Audience } & Done)
  /** 保存评估: personal data are to be destroyed now, or may be kept until then (procedure section 9.3). */
  | ({
      readonly type: 'RetentionAssessed';
      readonly decision: 'hold' | 'purge';
      readonly until: Instant | null;
      readonly reason: TextRef;
      readonly told: Audience;
    } & Done)
  /** Words and payloads were erased; who decided so is named. One event for each batch. */
  | {
      readonly type: 'DataPurged';
      readonly v: 1;
      readonly by: PersonId;
      readonly texts: number;
      readonly messages: number;
      readonly payloads: number;
    }
  /** 明文: shown to one person, privately, for a reason that stays on record. */
  | ({ readonly type: 'WordsRevealed'; readonly what: Revealed; readonly reason: TextRef } & Done);
