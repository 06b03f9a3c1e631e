/** Files that leave the office: lists as tables, and many files as one archive. */

/** A date is given as text, as people read it. */
export type Cell = string | number | null;

/** A list as it is to be shown. */
export interface Sheet {
  /** Shown on the sheet's tab. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Each with as many cells as there are columns. */
  readonly rows: readonly (readonly Cell[])[];
  /** Telephone and identity numbers as they are; only for what an act on record has asked for. */
  readonly unmasked?: true;
}

/** A file inside an archive. */
export interface ArchiveFile {
  /** Relative, with forward slashes, ASCII. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is made of rows and files, with no word of its own. Each may run twice and gives the same bytes for the same content. */
export interface FileMaker {
  /** An xlsx. A long one is made in slices, between which others are heard. */
  sheet(sheet: Sheet): Promise<Uint8Array>;
  /** UTF-8 with a mark at its beginning, for the office programs that need one; in slices as well. */
  csv(sheet: Sheet): Promise<Uint8Array>;
  /** A zip. Throws for a path that leads out of the archive. */
  archive(files: readonly ArchiveFile[]): Uint8Array;
}
