/** Papers and files of an office: its templates, bundles, PDF. */
import type { Pool } from 'pg';
import { type BundleDeps, createBundles, type MakeBundle } from '../handlers/bundle';
import { rollCallSheet } from '../handlers/bundle/lists';
import { sheetPaper } from '../handlers/bundle/sheetPaper';
import { fileMaker } from '../papers/files';
import { createPdfMaker } from '../papers/pdf';
import { createRenderer } from '../papers/renderer';
import { readTemplates } from '../papers/templates';
import type { Clock } from '../ports/clock';
import type { FileMaker } from '../ports/files';
import type { PaperRenderer, PdfMaker } from '../ports/paperRenderer';
import type { Settings } from '../settings';
import { createDossiers } from '../store/postgres/dossiers';
import { sha256, sha256Of } from './chance';
import { StartFault } from './faults';

/** What the rest of the program makes files with. */
export interface PaperWorks {
  readonly renderer: PaperRenderer & PdfMaker;
  readonly files: FileMaker;
  readonly bundle: MakeBundle;
}

/** Throws StartFault with a sentence for each template that cannot be used. */
export function openPaperWorks(
  { configDir, pdfCommand }: Pick<Settings, 'configDir' | 'pdfCommand'>,
  pool: Pool,
  clock: Clock,
): PaperWorks {
  const { byKind, faults } = readTemplates(configDir);
  if (faults.length > 0) throw new StartFault(faults.map(({ file, zh }) => `公文模板 ${file}：${zh}`));
  const renderer = { ...createRenderer(byKind), ...createPdfMaker(pdfCommand) };
  const bundle = createBundles({
    ...{ dossiers: createDossiers(pool), files: fileMaker, clock, hashOf: sha256Of, digest: sha256.name },
    papersOf: papersWith(renderer, clock),
  });
  return { renderer, files: fileMaker, bundle };
}

/** The roll-call sheet, for printing. */
function papersWith(renderer: PaperRenderer, clock: Clock): BundleDeps['papersOf'] {
  return async ({ chain, people }, state) => {
    const sheet = sheetPaper(rollCallSheet(chain.n, state, people), clock.now());
    return [{ path: 'papers/roll-call.docx', bytes: await renderer.docx(sheet, 'roll_call_sheet') }];
  };
}
