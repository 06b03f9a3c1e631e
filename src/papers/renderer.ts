/** The renderer of an office: its own templates by kind of paper, the layout of the standard for every other kind. */
import type { PaperRenderer } from '../ports/paperRenderer';
import { refuseSecrets } from './secrets';
import { filledTemplate } from './template';

/** `templates` are bytes of documents without faults, by kind of paper. */
export function createRenderer(templates: ReadonlyMap<string, Uint8Array>): PaperRenderer {
  return {
    docx: async (paper, kind) => {
      const template = kind === undefined ? undefined : templates.get(kind);
      if (template === undefined) return layout().docxRenderer.docx(paper);
      refuseSecrets(paper);
      return filledTemplate(template, paper);
    },
  };
}

/** Loaded with the first paper: a start need not wait for the library, nor a server without papers carry it. */
const layout = (): typeof import('./docx') => require('./docx');
