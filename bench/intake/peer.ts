/** What the intake is measured against: koa, a router, the platform's published crypto library, and one prepared INSERT a request. */
import type { IncomingMessage, RequestListener } from 'node:http';
import Router from '@koa/router';
import { decrypt, getSignature } from '@wecom/crypto';
import Koa from 'koa';
import type { Pool } from 'pg';
import { SaxesParser } from 'saxes';
import { BINDING } from './tenant';

/** Checks what any bot must check (signature, receiver), keeps the message in the same table, then says yes. */
export function peer(pool: Pool): RequestListener {
  const app = new Koa();
  const router = new Router();
  router.post('/callback/wecom/:tenant/app', async (ctx) => {
    const envelope = fieldsOf(await textOf(ctx.req));
    const message = opened(ctx.query as Record<string, string>, envelope.Encrypt ?? '');
    if (message === null) {
      ctx.status = 401;
      return;
    }
    await pool.query({ ...INSERT, values: valuesOf(ctx.params.tenant ?? '', message) });
    ctx.status = 200;
    ctx.body = '';
  });
  app.use(router.routes());
  return app.callback();
}

/** koa and nothing else: the body is thrown away, the answer is yes. No intake on koa can be quicker. */
export function hello(): RequestListener {
  const app = new Koa();
  app.use((ctx) => {
    ctx.req.resume();
    ctx.body = 'hello';
  });
  return app.callback();
}

/** The fields of the message, or null when signature or receiver are not right. */
export function opened(query: Readonly<Record<string, string>>, encrypted: string): Readonly<Record<string, string>> | null {
  const { msg_signature, timestamp = '', nonce = '' } = query;
  if (getSignature(BINDING.callbackToken, timestamp, nonce, encrypted) !== msg_signature) return null;
  const { message, id } = decrypt(BINDING.callbackAesKey, encrypted);
  return id === BINDING.corpId ? fieldsOf(message) : null;
}

function valuesOf(tenant: string, message: Readonly<Record<string, string>>): unknown[] {
  const account = (message.FromUserName ?? '').toLowerCase();
  const sentAt = new Date(Number(message.CreateTime) * 1000);
  const meta = JSON.stringify({ is: message.MsgType, text: message.Content });
  return [tenant, 'app', message.MsgId, `app:${account}`, account, sentAt, new Date(), meta];
}

/** The leaves of a flat XML text by name. */
export function fieldsOf(xml: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  let text = '';
  const parser = new SaxesParser();
  parser.on('opentag', () => {
    text = '';
  });
  parser.on('text', (more) => {
    text += more;
  });
  parser.on('cdata', (more) => {
    text += more;
  });
  parser.on('closetag', (tag) => {
    fields[tag.name] = text;
  });
  parser.write(xml).close();
  return fields;
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
  });
}

const INSERT = {
  name: 'peer.take_in',
  text: `INSERT INTO inbox (tenant, source, dedupe_key, conversation_id, account, sent_at, received_at, meta)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant, source, dedupe_key) DO NOTHING`,
};
