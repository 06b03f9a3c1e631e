import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@jest/globals';
import { openBureau } from '../support/bureau';
import { bureauWithoutTurns, minuteZero, playNight } from './night48/play';

test('dump', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'fenghuo-night-'));
  for (const [name, text] of Object.entries(bureauWithoutTurns())) writeFileSync(join(dir, name), text);
  const duty = await openBureau({ BUREAU: dir });
  try {
    const now = Date.parse(String((await duty.sandbox('state')).body.now));
    const zero = minuteZero(now);
    const t = Date.now();
    try {
      await playNight(() => duty, zero);
    } finally {
      const { messages } = await duty.messages();
      writeFileSync(
        '/tmp/time8-dump.json',
        JSON.stringify({ zero, took: Date.now() - t, messages, incident: (await duty.api('/api/v1/incidents/1')).body }, null, 1),
      );
    }
  } finally {
    await duty.close();
  }
}, 300_000);
