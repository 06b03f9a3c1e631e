/** What every case asserts, by throwing. */
import assert from 'node:assert/strict';
import { ask, type Bot, type Program, type Refused } from './scene';

/** The bot, or an assertion that says why it refused. */
export function up(started: Bot | Refused): Bot {
  assert.equal(started.is, 'up', `refused: ${'message' in started ? started.message : ''}`);
  return started as Bot;
}

/** The refusal, which must be one sentence. */
export function refusal(started: Bot | Refused, code: string): string {
  assert.equal(started.is, 'refused');
  const { code: got, message, isSentence } = started as Refused;
  assert.deepEqual([got, isSentence], [code, true], message);
  assert.match(message, /^[^\n]*[\u4e00-\u9fff][^\n]*。$/);
  return message;
}

/** Leaves a row that must outlive everything. */
export async function keep(bot: Bot): Promise<void> {
  await ask(bot.url, 'CREATE TABLE kept AS SELECT 7 AS n');
}

/** Leaves the row and ends the bot in order. */
export async function keepAndStop(bot: Bot): Promise<void> {
  await keep(bot);
  assert.equal(await bot.stop(), 0);
}

/** The row is still there. */
export async function kept(bot: Bot): Promise<void> {
  assert.equal(await ask(bot.url, 'SELECT n FROM kept'), 7);
}

/** How many log lines say `words`. */
export function lines(bot: { log(): string }, words: string): number {
  return bot.log().split(words).length - 1;
}

/** The program ended with code 1 and one Chinese sentence that holds `words`, no stack; answers the sentence. */
export function ended(program: Program, words: string | RegExp): string {
  const said = program.said.split('\n').filter((line) => line.startsWith('  '));
  assert.equal(program.code, 1, program.said);
  assert.equal(said.length, 1, program.said);
  assert.doesNotMatch(program.said, /^\s+at |\bError\b/m);
  const sentence = said[0]?.trim() ?? '';
  assert.match(sentence, typeof words === 'string' ? new RegExp(words) : words);
  assert.match(sentence, /：请.*。$/);
  return sentence;
}
