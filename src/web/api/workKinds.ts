/** What each kind of long work does. Every one may be begun again from its beginning: an import that was taken already changes nothing. */
import { z } from 'zod';
import { fileName } from '../../core/papers/fileName';
import type { DoWork } from '../../handlers/longWork';
import type { WorkKind } from '../../ports/longWork';
import { auditSheet, narrowShape, STREAM_KINDS } from './auditSheet';
import type { Who } from './callers';
import type { ApiPorts } from './ports';
import { monthCells } from './roster';
import { spanOf, spanShape } from './span';
import { modeShape, statisticsSheet } from './statistics';

/** The work of this kind, in this caller's name. */
export function workOf(ports: ApiPorts, who: Who, kind: WorkKind): DoWork {
  switch (kind) {
    case 'import_month':
      return importMonth(ports, who);
    case 'export_statistics':
      return exportStatistics(ports);
    case 'export_audit':
      return exportAudit(ports);
    case 'bundle':
      return bundle(ports);
    default:
      return kind satisfies never;
  }
}

const monthAbout = z.object(monthCells);

/** Looked at once more: whoever else has changed the roster meanwhile may have made a fault of what was none. */
function importMonth(ports: ApiPorts, { person }: Who): DoWork {
  return async (given, tell) => {
    const month = monthAbout.parse(given);
    await tell('check', 0, 2);
    const seen = await ports.importMonth({ ...month, confirmed: false });
    if (seen.is !== 'preview') return { answer: { ...seen, changes: seen.changes.length }, file: null };
    await tell('take', 1, 2);
    const done = await ports.importMonth({ ...month, confirmed: true, ...(person === null ? {} : { by: person }) });
    return { answer: { ...done, changes: done.changes.length }, file: null };
  };
}

const statisticsAbout = z.object({ ...spanShape, ...modeShape });

function exportStatistics(ports: ApiPorts): DoWork {
  return async (given, tell) => {
    const { mode, ...span } = statisticsAbout.parse(given);
    await tell('count', 0, 2);
    const sheet = await statisticsSheet(ports, { ...spanOf(span, ports.clock.now()), mode });
    await tell('write', 1, 2);
    return { answer: null, file: { name: fileName(sheet.name, 'xlsx'), bytes: await ports.files.sheet(sheet) } };
  };
}

/** As `aboutOf` of the route keeps it: a body names the kind of work, so the kind of stream has a name of its own. */
const auditAbout = z.object({ ...narrowShape, ...spanShape, n: z.int().optional(), stream: z.enum(STREAM_KINDS).optional() });

function exportAudit(ports: ApiPorts): DoWork {
  return async (given, tell) => {
    const { stream, ...asked } = auditAbout.parse(given);
    await tell('read');
    const sheet = await auditSheet(ports, { ...asked, kind: stream }, (rows) => tell('read', rows));
    await tell('write', sheet.rows.length);
    return { answer: null, file: { name: fileName(sheet.name, 'xlsx'), bytes: await ports.files.sheet(sheet) } };
  };
}

const bundleAbout = z.object({ n: z.int() });
const PARTS = { papers: 1, pack: 2 } as const;

/** Numbers in people's words masked; unmasked ones need an act on record and are asked for apart. */
function bundle(ports: ApiPorts): DoWork {
  return async (given, tell) => {
    const { n } = bundleAbout.parse(given);
    await tell('read', 0, 3);
    const made = await ports.bundle(n, { unmasked: false, tell: (part) => tell(part, PARTS[part], 3) });
    if (made === null) throw new Error(`incident ${n} is not there`);
    return { answer: { manifest: made.manifestHash }, file: { name: fileName(`事件${n}证据包`, 'zip'), bytes: made.zip } };
  };
}
