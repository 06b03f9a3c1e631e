/** What the API needs of the world. */
import type { DutyNow } from '../../core/duty/shown';
import type { Rulebook } from '../../core/plans/rulebook';
import type { Sheet } from '../../core/roster/month/sheet';
import type { NoteAct } from '../../handlers/adminRecord';
import type { MakeBundle } from '../../handlers/bundle';
import type { ChainCheck } from '../../handlers/chainCheck';
import type { Finding } from '../../handlers/doctor';
import type { DutyPapers, readDutyLog } from '../../handlers/dutyPapers';
import type { LongWorks } from '../../handlers/longWork';
import type { MonthImport, MonthSheet } from '../../handlers/rosterMonth';
import type { MakeShiftPaper } from '../../handlers/shiftPapers';
import type { TakeIn } from '../../handlers/takeIn';
import type { Anchors, AnchorsOutside } from '../../ports/anchors';
import type { Pace } from '../../ports/clock';
import type { FileMaker } from '../../ports/files';
import type { Log } from '../../ports/log';
import type { LongWork } from '../../ports/longWork';
import type { Machine, UsedSignatures } from '../../ports/machines';
import type { PaperDesk } from '../../ports/paperDesk';
import type { PaperRenderer, PdfMaker } from '../../ports/paperRenderer';
import type { PaperSource, Platform } from '../../ports/platform';
import type { Running } from '../../ports/running';
import type { Trail } from '../../ports/trail';
import type { Views } from '../../ports/views';
import type { CredentialPorts } from '../console/credentials';
import type { CallerPorts } from './callers';

export interface ApiPorts extends CallerPorts, CredentialPorts {
  readonly views: Views;
  /** The record, its anchors, and the check of all of it. */
  readonly trail: Trail;
  readonly anchors: Pick<Anchors, 'all'>;
  readonly outside: Pick<AnchorsOutside, 'read'>;
  readonly chainCheck: ChainCheck;
  readonly running: Running;
  /** The self-check, now. */
  readonly examine: () => Promise<readonly Finding[]>;
  /** By name, secrets only as set. */
  readonly settingsShown: Readonly<Record<string, string>>;
  readonly platforms: readonly Platform[];
  /** What is taken along and read raw stands on record. */
  readonly note: NoteAct;
  /** The plans in force. */
  readonly plans: readonly Rulebook[];
  readonly rulebookOf: (hash: string) => Promise<Rulebook>;
  readonly takeIn: TakeIn;
  /** Who keeps duty now, from the shift that stands, else from the roster. */
  readonly onDuty: () => Promise<DutyNow>;
  /** A month sheet, looked at or taken. */
  readonly importMonth: (month: MonthSheet) => Promise<MonthImport>;
  /** A paper of the duty room. */
  readonly shiftPaper: MakeShiftPaper;
  /** A workbook as cells, or a sentence that says why it is none. */
  readonly readMonthFile: (
    bytes: Uint8Array,
  ) => { readonly is: 'sheet'; readonly sheet: Sheet } | { readonly is: 'fault'; readonly zh: string };
  /** A shift with its papers, by default the one that stands. */
  readonly dutyPapers: (n: number | null) => Promise<DutyPapers | null>;
  /** The log of a shift, by default of the one that stands. */
  readonly dutyLog: (n: number | null) => ReturnType<typeof readDutyLog>;
  /** The evidence bundle of an incident. */
  readonly bundle: MakeBundle;
  /** Rows of long work, and who does it in this process. */
  readonly work: LongWork;
  readonly longWorks: LongWorks;
  readonly newId: () => string;
  readonly files: FileMaker;
  readonly renderer: PaperRenderer & PdfMaker;
  readonly office: PaperDesk['office'];
  /** Files of papers that went out. */
  readonly paperFiles: PaperSource;
  readonly machines: readonly Machine[];
  readonly used: UsedSignatures;
  readonly pace: Pace;
  readonly log: Log;
}
