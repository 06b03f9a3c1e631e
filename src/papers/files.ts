/** The files of this room behind their port. */
import type { FileMaker } from '../ports/files';
import { zipped } from './archive';
import { csvFile } from './csv';
import { sheetFile } from './workbook';

export const fileMaker: FileMaker = { sheet: sheetFile, csv: csvFile, archive: zipped };
