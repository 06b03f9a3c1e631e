/** Calls of the sandbox API; a refusal becomes an error with the Chinese sentence and its hint. */

export const get = (path) => call(path);
export const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function call(path, init) {
  const answer = await fetch(`api/${path}`, init);
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Error(body.error ? `${body.error.message}${body.error.hint ?? ''}` : `沙箱答复了 ${answer.status}`);
}
