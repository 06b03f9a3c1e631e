/** A model server for tests: real HTTP, /v1/chat/completions, and the ways in which one can go wrong. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is asked of the model, as it stands on the wire. */
export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
  /** The masked report that the question holds. */
  readonly text: string;
}

export interface ModelServer {
  /** Base address, as an office sets it. */
  readonly url: string;
  readonly asked: readonly Asked[];
  stop(): Promise<void>;
}

/** Answers with what `say` gives: an object is said as JSON by the model, a text as it is; a function does as it likes with the response. */
export async function modelServer(say: (asked: Asked) => object | string | ((response: ServerResponse) => void)): Promise<ModelServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const question = { path: request.url ?? '', authorization: request.headers.authorization, body, text: textIn(body) };
      asked.push(question);
      const said = say(question);
      if (typeof said === 'function') said(response);
      else response.setHeader('content-type', 'application/json').end(completion(said));
    });
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    stop: () =>
      new Promise((down) => {
        server.close(() => down());
        server.closeAllConnections();
      }),
  };
}

/** A whole answer of the wire around what the model says. */
export function completion(said: object | string): string {
  const content = typeof said === 'string' ? said : JSON.stringify(said);
  return JSON.stringify({ id: 'c1', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content } }] });
}

function textIn(body: string): string {
  const question = JSON.parse(body) as { messages: { role: string; content: string }[] };
  const user = question.messages.findLast((m) => m.role === 'user')?.content ?? '{}';
  return (JSON.parse(user) as { text?: string }).text ?? '';
}
