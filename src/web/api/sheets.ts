/** Lists as files for table programs, and who takes them along. */
import { z } from 'zod';
import { fileName } from '../../core/papers/fileName';
import type { Sheet } from '../../ports/files';
import type { Who } from './callers';
import type { ApiPorts } from './ports';
import type { Answer, Given } from './route';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV = 'text/csv; charset=utf-8';
const TYPES = { xlsx: XLSX, csv: CSV } as const;

/** The answer of a route that gives a file of one of these media types. */
export function fileAnswer(what: string, ...type: readonly string[]): Readonly<Record<200, Answer>> {
  return { 200: { what, schema: z.unknown(), type } };
}

export async function sheetOf({ files }: Pick<ApiPorts, 'files'>, sheet: Sheet, as: 'xlsx' | 'csv'): Promise<Given> {
  const bytes = await (as === 'csv' ? files.csv(sheet) : files.sheet(sheet));
  return { body: Buffer.from(bytes), file: { name: fileName(sheet.name, as), type: TYPES[as] } };
}

/** The system of a token, as it stands on record; null for a person at a page. */
export function systemOf({ id, inPerson }: Who): string | null {
  return inPerson ? null : id;
}
