/** Reads the one part of an upload as the platform does: by hand, because a file name in RFC 2231 form must be noticed and refused (dossier 5.6). */

/** The part named `media`; `name` is null when no plain `filename` was given. */
export interface UploadPart {
  readonly name: string | null;
  readonly data: Buffer;
}

/** The part `media` of a multipart body; null when the body is no multipart or has no such part. */
export function mediaPart(contentType: string | undefined, body: Buffer): UploadPart | null {
  const boundary = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  const mark = boundary?.[1] ?? boundary?.[2];
  if (!mark) return null;
  for (const part of partsOf(body, mark)) {
    const end = part.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const disposition = /^content-disposition:(.*)$/im.exec(part.subarray(0, end).toString('utf8'))?.[1] ?? '';
    if (/;\s*name="?media"?(;|\s*$)/i.test(disposition)) return { name: plainName(disposition), data: part.subarray(end + 4) };
  }
  return null;
}

/** A name in the star form counts as none. */
function plainName(disposition: string): string | null {
  if (/filename\*/i.test(disposition)) return null;
  const name = /;\s*filename=(?:"([^"]*)"|([^;\s]+))/i.exec(disposition);
  return name?.[1] ?? name?.[2] ?? null;
}

function partsOf(body: Buffer, mark: string): Buffer[] {
  const parts: Buffer[] = [];
  const line = Buffer.from(`--${mark}`);
  let from = body.indexOf(line);
  while (from >= 0) {
    const start = from + line.length + 2;
    const next = body.indexOf(Buffer.from(`\r\n--${mark}`), start - 2);
    if (next < 0) return parts;
    if (next >= start) parts.push(body.subarray(start, next));
    from = next + 2;
  }
  return parts;
}
