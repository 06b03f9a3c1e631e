/** Exactly one owner of an exclusive long connection among all instances: a row with owner, epoch and lease. */

export interface Leases {
  /** The epoch of the new owner, or null while somebody else holds it. */
  claim(id: string, leaseMs: number): Promise<number | null>;
  /** False when the lease is lost. */
  renew(id: string, leaseMs: number): Promise<boolean>;
  release(id: string): Promise<void>;
  /** Connections this instance holds as far as it knows, each with its epoch. */
  held(): ReadonlyMap<string, number>;
}
