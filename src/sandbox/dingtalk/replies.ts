/** Answers in the forms of the two hosts (dossier 4.2): the new one says it by status and code, the old one by errcode under status 200. */
import { randomUUID } from 'node:crypto';
import { NEW_CODES, type NewCode, OLD_CODES } from './reasons';

/** An answer on the wire; `noted` is what the record of calls keeps of it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
  readonly noted: unknown;
}

/** A JSON answer with any status. */
export function json(status: number, body: unknown): Reply {
  const noted = status === 200 ? body : { status, ...(body as object) };
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(body), noted };
}

/** The new host grants. */
export function granted(body: Readonly<Record<string, unknown>>): Reply {
  return json(200, body);
}

/** The new host refuses: status and sentence by the code's row in `reasons.ts`; 400 for a code without one. */
export function denied(code: NewCode | (string & {}), more: { status?: number; message?: string; fields?: object } = {}): Reply {
  const known = NEW_CODES[code as NewCode] ?? { status: 400, message: code };
  const { status = known.status, message = known.message, fields = {} } = more;
  return json(status, { code, message, requestid: randomUUID().toUpperCase(), ...fields });
}

/** The old host grants. */
export function accepted(fields: Readonly<Record<string, unknown>> = {}): Reply {
  return json(200, { errcode: 0, errmsg: 'ok', ...fields });
}

/** The old host refuses, with status 200 all the same. */
export function refused(errcode: number, why: string = OLD_CODES[errcode] ?? 'error', fields: object = {}): Reply {
  return json(200, { errcode, errmsg: why, request_id: randomUUID(), ...fields });
}

/** Code 88 wraps another one (dossier 4.2). */
export function wrapped(subCode: string, subMsg: string = OLD_CODES[Number(subCode)] ?? ''): Reply {
  return refused(88, `ding talk error[subcode=${subCode},submsg=${subMsg}]`, { sub_code: subCode, sub_msg: subMsg });
}

/** The page for an address that called too often: no errcode, no code (dossier 3.2). */
export function punished(): Reply {
  return json(200, { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: randomUUID() });
}

/** Bytes. */
export function bytes(data: Buffer, contentType: string, name: string): Reply {
  const headers = { 'content-type': contentType, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` };
  return { status: 200, headers, body: data, noted: { file: name, bytes: data.length } };
}
