/** kill -9 at named points of the product's own course: between two steps, inside transactions, with a call half made. */
import { type Fault, hurry, judge } from '../fault';
import { peopleIn } from '../people';
import { ROAD, walk } from '../road';
import { openWorld, type World } from '../world';

interface Point {
  /** As `preload.js` calls it. */
  readonly point: string;
  readonly what: string;
  /** `road`: at one of its passings while people work; `start`, `stop`: when the process is made to do so in mid-road. */
  readonly when: 'road' | 'start' | 'stop';
}

export const POINTS: readonly Point[] = [
  { point: 'frame_heard', what: 'a frame was read, nothing is stored', when: 'road' },
  { point: 'callback_heard', what: 'a callback was read, nothing is stored', when: 'road' },
  { point: 'intake_in_flight', what: 'the inbox row was sent to the database, its answer not read', when: 'road' },
  { point: 'frame_stored', what: 'the row of a frame is committed', when: 'road' },
  { point: 'callback_stored', what: 'the row of a callback is committed, the platform has no answer', when: 'road' },
  { point: 'attempt_counted', what: 'the attempt is counted, nothing is handled', when: 'road' },
  { point: 'deciding', what: 'inside execute, before anything is written', when: 'road' },
  { point: 'command_written', what: 'events, deadlines and deliveries are written, nothing is committed', when: 'road' },
  { point: 'commit_in_flight', what: 'a COMMIT was sent, its answer not read', when: 'road' },
  { point: 'message_handled', what: 'committed, nobody is woken to send', when: 'road' },
  { point: 'rings_written', what: 'rings are written, nothing is committed', when: 'road' },
  { point: 'rings_committed', what: 'rings are committed, nobody is woken to send', when: 'road' },
  { point: 'reserved', what: 'the bytes are frozen, no call is made', when: 'road' },
  { point: 'http_call_sent', what: 'an HTTP call has left, its answer not read', when: 'road' },
  { point: 'robot_call_sent', what: 'a frame to the robot has left, its answer not read', when: 'road' },
  { point: 'answered', what: 'the platform has answered, nothing is settled', when: 'road' },
  { point: 'settled', what: 'a call is settled', when: 'road' },
  { point: 'lease_renewed', what: 'the connection is owned, its lease just renewed', when: 'road' },
  { point: 'start_migrated', what: 'starting again, the database was just looked over', when: 'start' },
  { point: 'start_listening', what: 'starting again, just listening', when: 'start' },
  { point: 'lease_claimed', what: 'starting again, the connection was just claimed', when: 'start' },
  { point: 'stop_release', what: 'stopping, the connection is closed and not yet let go', when: 'stop' },
  { point: 'stop_database', what: 'stopping, all but the database', when: 'stop' },
];

/** Owning the connection is passed every 5 s only, whatever people do. */
const TIMED = new Set(['lease_renewed']);
const IDLE_MS = 7_000;

export const pointFaults: readonly Fault[] = POINTS.map(({ point, what, when }) => ({
  name: point,
  run: async ({ undisturbed, passes, chance, isQuick }) => {
    const most = TIMED.has(point) ? 1 : (passes[point] ?? 1);
    const nth = when === 'road' ? 1 + Math.floor(chance() * most) : 1;
    const at = { BLOW_AT: point, BLOW_NTH: String(nth) };
    const world = await openWorld({ first: when === 'start' ? {} : at });
    const hurrying = isQuick ? hurryAfterBlows(world) : undefined;
    try {
      const [bot] = world.bots;
      const people = peopleIn(world);
      const midway = 1 + Math.floor(chance() * (ROAD.length - 2));
      await walk(people, (step) => {
        if (step !== midway || when === 'road') return;
        if (when === 'start') bot?.arm(at);
        bot?.signal(when === 'start' ? 'SIGKILL' : 'SIGTERM');
      });
      if (TIMED.has(point)) await new Promise((go) => setTimeout(go, IDLE_MS));
      await people.rest();
      const blows = when === 'start' ? 2 : 1;
      const isHit = bot?.deaths.length === blows;
      const outcome = await judge(world, people, undisturbed, [`${what} (passing ${nth} of ${most})`]);
      return isHit ? outcome : { ...outcome, faults: [...outcome.faults, `died ${bot?.deaths.length} times instead of ${blows}`] };
    } catch (cause) {
      throw new Error(`${String(cause)}\n${world.bots[0]?.tail()}`);
    } finally {
      clearInterval(hurrying);
      await world.close();
    }
  },
}));

/** Once for each blow, before the next process is there. */
function hurryAfterBlows(world: World): NodeJS.Timeout {
  let seen = 0;
  return setInterval(() => {
    const blows = world.bots[0]?.deaths.length ?? 0;
    if (blows > seen) void hurry(world).catch(() => undefined);
    seen = blows;
  }, 50);
}
