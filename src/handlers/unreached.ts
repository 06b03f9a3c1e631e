/** Refusals become what the incident knows: who was not reached, by which way; the core decides whom to call instead. */

import type { Unreached } from '../core/incident/events/work';
import type { Intent, Purpose } from '../core/notices/intent';
import type { Unheeded } from '../ports/sending';
import type { Deps } from './deps';
import { execute } from './execute';

/** Purposes by which people are called in the chat, where they have to answer: a telephone that rang does not let them. */
export const CHAT_CALLS: readonly Purpose[] = [
  'first_mention',
  'prior_handling',
  'call_out',
  'task_given',
  'directive_given',
  'activation_asked',
];
/** What else is refused stays visible in the deliveries alone. */
const CALLS: ReadonlySet<string> = new Set<Purpose>([...CHAT_CALLS, 'sms', 'voice']);

/** Heeds the refusals of one stream, once; `busy` when somebody else works on it. May run twice. */
export async function heedRefusals(deps: Deps, stream: string): Promise<'heeded' | 'busy'> {
  const seed = deps.ids.next();
  return deps.store.transact({ streams: [stream], busy: 'skip' }, async (tx) => {
    const refused = await tx.unheeded(stream);
    const row = await tx.stream(stream);
    const tried = refused.flatMap(triedIn);
    if (row?.kind === 'incident' && tried.length > 0)
      await execute(tx, deps, {
        stream: row,
        envelope: {
          command: { type: 'ReportUnreached', tried },
          actor: { person: null, room: null, conversation: '' },
          at: deps.clock.now(),
          seed,
        },
        cause: { kind: 'due', id: seed },
        texts: [],
        origin: null,
      });
    await tx.heed(refused);
    return 'heeded' as const;
  });
}

/** A person by chat or telephone once no way is left; a carrier that is down at once; those @-ed in a room that takes no message any more. */
function triedIn({ purpose, addressee, leg, intent, state, codes }: Unheeded): readonly Unreached[] {
  const { by, people } = intent as unknown as Pick<Intent, 'by' | 'people'>;
  if (!CALLS.has(purpose)) return [];
  const last = state === 'refused' ? codes.at(-1) : undefined;
  const told = [...new Set(codes)].filter((code) => code === last || (by !== undefined && code === 'carrier_down'));
  const [kind, id = ''] = addressee.split(':');
  if (kind === 'person') return told.map((code) => ({ person: id, by: phoneOf(by) ?? 'chat', code }));
  if (kind !== 'room' || leg !== 'page') return [];
  return told.flatMap((code) => people.map((person) => ({ person, by: 'room' as const, code })));
}

function phoneOf(by: Intent['by']): 'sms' | 'voice' | null {
  return by === 'sms' || by === 'voice' ? by : null;
}
