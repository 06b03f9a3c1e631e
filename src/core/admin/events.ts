/** What can have happened beside incidents and shifts that an auditor asks for: signing in, files taken along, raw words read, settings changed. */
import type { PersonId } from '../roster/roster';

/** Where it came from, as the server saw it; null where nobody called from outside. */
interface From {
  readonly v: 1;
  readonly from: string | null;
}

/** A person, or the system of a token. */
interface By extends From {
  readonly by: PersonId | null;
  readonly system: string | null;
}

export type AdminEvent =
  /** `way`: a platform's tenant, `local` or `sandbox`. `owed`: a one-time code was still to come. */
  | (From & { readonly type: 'PageEntered'; readonly by: PersonId; readonly way: string; readonly owed: boolean })
  /** `claimed`: whom the roster knows by what was typed; never what was typed. `why` is the code of the refusal. */
  | (From & { readonly type: 'PageRefused'; readonly claimed: PersonId | null; readonly way: string; readonly why: string })
  | (From & { readonly type: 'PageLeft'; readonly by: PersonId })
  /** Through a link that counts once. */
  | (From & { readonly type: 'CredentialsSet'; readonly by: PersonId })
  | (By & { readonly type: 'LinkGiven'; readonly person: PersonId })
  | (By & {
      readonly type: 'FileExported';
      readonly what: ExportedFile;
      /** Number of the incident; null for a list of many. */
      readonly n: number | null;
      readonly format: string;
      readonly unmasked: boolean;
    })
  /** Messages of an incident as they were heard. */
  | (By & { readonly type: 'RawRead'; readonly n: number; readonly count: number })
  /** The whole record was looked through: `broken` streams, and the first fault in words; `anchor`: the day that does not hold. */
  | (By & {
      readonly type: 'RecordVerified';
      readonly streams: number;
      readonly events: number;
      readonly broken: number;
      readonly first: string | null;
      readonly anchor: string | null;
    })
  /** Names with what stands now; null: no longer set. Secrets only as set or not. */
  | (From & { readonly type: 'SettingsChanged'; readonly changed: Readonly<Record<string, string | null>> });

export type ExportedFile = 'bundle' | 'roll_call' | 'incident_deliveries' | 'deliveries' | 'stats' | 'audit';

export type AdminEventOf<T extends AdminEvent['type']> = Extract<AdminEvent, { type: T }>;

type Unversioned<E> = E extends unknown ? Omit<E, 'v'> : never;
/** What was done, as whoever notes it tells it. */
export type AdminAct = Unversioned<Exclude<AdminEvent, { type: 'SettingsChanged' }>>;

/** What people and the start want noted. */
export type AdminCommand =
  | { readonly type: 'NoteAct'; readonly act: AdminAct }
  /** Settings in force, each by its name; what differs from before is noted. */
  | { readonly type: 'NoteSettings'; readonly settings: Readonly<Record<string, string>> };
