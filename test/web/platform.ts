/** The platform's hand: real encrypted callbacks to a running Fenghuo, over connections that stay open. */
import { Agent, request } from 'node:http';
import { encrypt, getSignature } from '@wecom/crypto';

interface Keys {
  readonly tenant: string;
  readonly corpId: string;
  readonly callbackToken: string;
  readonly callbackAesKey: string;
}

export interface Answer {
  readonly status: number;
  /** The error's code; empty where there is none. */
  readonly code: string;
  /** From the last byte sent to the end of the answer. */
  readonly ms: number;
}

export interface Platform {
  /** Path and query of a callback rightly signed, and its body. */
  sealed(id: string, text?: string): { readonly path: string; readonly body: string };
  /** One callback with the message of this id; the same id is a repeat of the same message. */
  send(id: string, text?: string): Promise<Answer>;
  close(): void;
}

/** Takes its keys from the sandbox of the Fenghuo at `url`. */
export async function platformAt(url: string): Promise<Platform> {
  const keys = (await (await fetch(`${url}/sandbox/binding`)).json()) as Keys;
  const agent = new Agent({ keepAlive: true });
  const sealed: Platform['sealed'] = (id, text = '商场有人聚集') => seal(keys, xmlOf(keys, id, text));
  return {
    sealed,
    send: (id, text) => post(agent, url, sealed(id, text)),
    close: () => agent.destroy(),
  };
}

function seal(keys: Keys, xml: string): { path: string; body: string } {
  const encrypted = encrypt(keys.callbackAesKey, xml, keys.corpId);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = getSignature(keys.callbackToken, timestamp, 'n1', encrypted);
  return {
    path: `/callback/wecom/${keys.tenant}/app?msg_signature=${signature}&timestamp=${timestamp}&nonce=n1`,
    body: `<xml><ToUserName><![CDATA[${keys.corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

function xmlOf({ corpId }: Keys, id: string, text: string): string {
  const head = `<ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[duty1]]></FromUserName>`;
  return `<xml>${head}<CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${text}]]></Content><MsgId>${id}</MsgId></xml>`;
}

function post(agent: Agent, url: string, { path, body }: { path: string; body: string }): Promise<Answer> {
  let begun = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { agent, method: 'POST' }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      const error = JSON.parse(Buffer.concat(parts).toString('utf8') || '{}') as { error?: { code: string } };
      resolve({ status: answer.statusCode ?? 0, code: error.error?.code ?? '', ms: performance.now() - begun });
    });
    asked.once('error', reject);
    asked.once('finish', () => {
      begun = performance.now();
    });
    asked.end(body);
  });
}
