/** Papers and files of an office: its templates, bundles, PDF. */
import type { Pool } from 'pg';
import { papersInOrder } from '../core/incident/papers/find';
import { type BundleDeps, createBundles, type MakeBundle } from '../handlers/bundle';
import { rollCallSheet } from '../handlers/bundle/lists';
import { sheetPaper } from '../handlers/bundle/sheetPaper';
import { fileMaker } from '../papers/files';
import { createPdfMaker } from '../papers/pdf';
import { createRenderer } from '../papers/renderer';
import { readTemplates } from '../papers/templates';
import type { Clock } from '../ports/clock';
import type { ArchiveFile, FileMaker } from '../ports/files';
import type { PaperRenderer, PdfMaker } from '../ports/paperRenderer';
import type { PaperSource } from '../ports/platform';
import type { Settings } from '../settings';
import { createDossiers } from '../store/postgres/dossiers';
import { createPaperSource } from '../store/postgres/files';
import { sha256Of } from './chance';
import { StartFault } from './faults';

/** What the rest of the program makes files with. */
export interface PaperWorks {
  readonly renderer: PaperRenderer & PdfMaker;
  readonly files: FileMaker;
  readonly bundle: MakeBundle;
  /** Files of papers that went out. */
  readonly kept: PaperSource;
}

/** Throws StartFault with a sentence for each template that cannot be used. */
export function openPaperWorks(settings: Pick<Settings, 'configDir' | 'pdfCommand' | 'digest'>, pool: Pool, clock: Clock): PaperWorks {
  const { byKind, faults } = readTemplates(settings.configDir);
  if (faults.length > 0) throw new StartFault(faults.map(({ file, zh }) => `公文模板 ${file}：${zh}`));
  const renderer = { ...createRenderer(byKind), ...createPdfMaker(settings.pdfCommand) };
  const kept = createPaperSource(pool);
  const bundle = createBundles({
    ...{ dossiers: createDossiers(pool), files: fileMaker, clock, hashOf: sha256Of, digest: settings.digest },
    papersOf: papersWith(renderer, kept, clock),
  });
  return { kept, renderer, files: fileMaker, bundle };
}

/** The roll-call sheet, for printing, and the papers that went out, byte for byte. */
function papersWith(renderer: PaperRenderer, kept: PaperSource, clock: Clock): BundleDeps['papersOf'] {
  return async ({ chain, people }, state) => {
    const sheet = sheetPaper(rollCallSheet(chain.n, state, people), clock.now());
    const sent = papersInOrder(state).map(async ({ n, kind, frozen }): Promise<readonly ArchiveFile[]> => {
      const bytes = frozen === null || frozen.file === null ? null : await kept.bytes(frozen.file);
      return bytes === null ? [] : [{ path: `papers/${n}-${kind}.docx`, bytes }];
    });
    const rollCall = { path: 'papers/roll-call.docx', bytes: await renderer.docx(sheet, 'roll_call_sheet') };
    return [rollCall, ...(await Promise.all(sent)).flat()];
  };
}
