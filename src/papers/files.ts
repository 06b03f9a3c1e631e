/** The files of this room behind their port. */
import type { FileMaker } from '../ports/files';
import { zipped } from './archive';
import { csvFile } from './csv';
import { sheetFile } from './workbook';

/** Lists and archives as this room makes them. */
export const fileMaker: FileMaker = { sheet: sheetFile, csv: csvFile, archive: zipped };
