/** A document as it is handed out for printing: as it is, or as PDF where the machine makes one. */
import { z } from 'zod';
import { fileName } from '../../core/papers/fileName';
import { HttpFault } from '../errors';
import type { ApiPorts } from './ports';
import type { Given } from './route';

/** Media type of a .docx. */
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Media type of a PDF. */
export const PDF = 'application/pdf';

/** What a caller may ask for. */
export const printFormat = z.enum(['docx', 'pdf']);

/** The document under this name, to be kept. Throws HttpFault 503 `no_pdf` with a sentence where the machine makes none. */
export async function printed(
  { renderer }: Pick<ApiPorts, 'renderer'>,
  name: string,
  docx: Uint8Array,
  as: z.infer<typeof printFormat>,
): Promise<Given> {
  if (as === 'docx') return { body: Buffer.from(docx), file: { name: fileName(name, as), type: DOCX } };
  const made = await renderer.pdf(docx);
  if (made.is === 'none') throw new HttpFault(503, 'no_pdf', made.zh, 'format=docx 不需要 LibreOffice');
  return { body: Buffer.from(made.bytes), file: { name: fileName(name, as), type: PDF } };
}
