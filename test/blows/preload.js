/** Makes the built program kill itself at the n-th passing of one named point: `BLOW_AT=reserved BLOW_NTH=3 node -r preload.js bin/run.js start`. */
const { writeFileSync } = require('node:fs');
const http = require('node:http');
const { join } = require('node:path');
const { Client } = require('pg');
const { WebSocket } = require('ws');

const { BLOW_AT, BLOW_NTH, BLOW_COUNTS } = process.env;
const passes = {};

/** Counts one passing; the process does not outlive the one it was told to die at. */
function passing(point) {
  passes[point] = (passes[point] ?? 0) + 1;
  if (point === BLOW_AT && passes[point] === Number(BLOW_NTH)) process.kill(process.pid, 'SIGKILL');
}
if (BLOW_COUNTS) process.once('exit', () => writeFileSync(BLOW_COUNTS, JSON.stringify(passes)));

/** Stands still for so long when it is told to: nothing is heard, answered, renewed or timed out meanwhile. */
const BLOCKED_MS = 10_000;
process.on('SIGUSR2', () => {
  const end = performance.now() + BLOCKED_MS;
  while (performance.now() < end);
});

/** Puts `around` in the place of one exported function of the built program, before anybody has called it. */
function wrap(file, name, around) {
  const exported = require(join(__dirname, '..', '..', 'dist', file));
  exported[name] = around(exported[name]);
}

/** Passes a point after `made` has ended well. */
const after =
  (point) =>
  (made) =>
  async (...given) => {
    const result = await made(...given);
    passing(point);
    return result;
  };

// Intake.
wrap('handlers/takeIn.js', 'createTakeIn', (made) => (...given) => {
  const { take } = made(...given);
  return {
    take: (message, ...more) => {
      passing(message.source === 'app' ? 'callback_heard' : 'frame_heard');
      return take(message, ...more);
    },
  };
});

// The store: its transactions, told apart by what they lock and by what was done in them.
wrap('store/postgres.js', 'createStore', (made) => (...given) => {
  const store = made(...given);
  return {
    ...store,
    takeIn: async (rows) => {
      const results = await store.takeIn(rows);
      passing(rows.some((row) => row.source === 'app') ? 'callback_stored' : 'frame_stored');
      return results;
    },
    countAttempt: async (conversation) => {
      const counted = await store.countAttempt(conversation);
      if (counted !== null) passing('attempt_counted');
      return counted;
    },
    transact: async (locks, work) => {
      const done = new Set();
      const result = await store.transact(locks, async (tx) => {
        done.clear();
        const inside = await work(watched(tx, done, locks));
        if (done.has('write')) passing(locks.streams ? 'rings_written' : 'command_written');
        return inside;
      });
      if (done.has('settleInbox')) passing('message_handled');
      if (done.has('write') && locks.streams) passing('rings_committed');
      if (done.has('reserve')) passing('reserved');
      if (done.has('settle')) passing('settled');
      return result;
    },
  };
});

function watched(tx, done, locks) {
  return new Proxy(tx, {
    get:
      (target, verb) =>
      (...given) => {
        if (verb === 'write' && !locks.streams) passing('deciding');
        done.add(verb);
        return target[verb](...given);
      },
  });
}

// Calls: the bytes have left, the answer is not read; and the answer is there, nothing is settled.
wrap('bot/wecom/index.js', 'createWecom', (made) => (...given) => {
  const platform = made(...given);
  const channels = platform.channels.map((channel) => ({ ...channel, send: after('answered')(channel.send) }));
  return { ...platform, channels };
});
const { request } = http;
http.request = (url, options, ...more) => {
  const call = request(url, options, ...more);
  if (options?.method === 'POST' && String(url).includes('/cgi-bin/')) call.once('finish', () => passing('http_call_sent'));
  return call;
};
const sendFrame = WebSocket.prototype.send;
WebSocket.prototype.send = function send(data, ...more) {
  if (!/"cmd":"aibot_(send|respond)/.test(String(data))) return sendFrame.call(this, data, ...more);
  return sendFrame.call(this, data, () => passing('robot_call_sent'));
};

// The database's wire: the bytes have left, the answer is not read.
const { query } = Client.prototype;
Client.prototype.query = function queryAndPass(config, ...more) {
  const result = query.call(this, config, ...more);
  if (config?.name === 'intake.take_in') passing('intake_in_flight');
  if (config === 'COMMIT' || config?.text === 'COMMIT') passing('commit_in_flight');
  return result;
};

// The connection's lease, start and stop.
wrap('store/connections.js', 'claimConnection', (made) => async (...given) => {
  const claimed = await made(...given);
  if (claimed !== null) passing('lease_claimed');
  return claimed;
});
wrap('store/connections.js', 'renewConnection', after('lease_renewed'));
wrap('store/connections.js', 'releaseConnection', (made) => (...given) => {
  passing('stop_release');
  return made(...given);
});
wrap('store/migrate.js', 'migrate', after('start_migrated'));
wrap('wiring/listening.js', 'listen', after('start_listening'));
wrap('wiring/database.js', 'openDatabase', (made) => async (...given) => {
  const { pool, stop } = await made(...given);
  const passAndStop = () => {
    passing('stop_database');
    return stop();
  };
  return { pool, stop: passAndStop };
});
