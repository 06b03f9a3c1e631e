/** `GET /api/v1/incidents/:n/heard`: the messages of an incident as they were heard, for those who keep the record; looking goes on record. */
import { z } from 'zod';
import { maskedWords } from '../../core/privacy/mask';
import { may } from '../../core/rights/may';
import { addressOf } from '../console/door';
import { HttpFault } from '../errors';
import { iso } from './iso';
import type { ApiPorts } from './ports';
import { numberIn, readIncident } from './reading';
import { type Route, tokenRoute } from './route';
import { moment } from './schemaMoment';
import { pageOf } from './schemas';
import { systemOf } from './sheets';

const text = z.string();
const messageSchema = z.strictObject({
  id: text,
  receivedAt: moment,
  source: text,
  room: text.nullable().meta({ description: 'Null for a private chat' }),
  account: text,
  state: z.enum(['received', 'handled', 'stopped', 'dead']),
  outcome: text.nullable(),
  text: text.nullable().meta({ description: 'Telephone and identity numbers masked; null where nothing was typed or it was destroyed' }),
  quote: text.nullable(),
});
/** As intake keeps them. */
const keptSchema = z.object({ text: z.string(), quote: z.string().nullable() });

/** Duty room, emergency office and director, of incidents they may read. Unmasked words are given in the evidence bundle alone, by 明文. */
export function heardRoutes(ports: ApiPorts): readonly Route[] {
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/incidents/:n/heard', id: 'listHeard', act: 'read_incident', examples: { n: '1' } },
      what: 'Messages that were about the incident, oldest first, at most 500; that they were looked at goes on record',
      answers: { 200: { what: 'All of them', schema: pageOf(messageSchema) } },
      refuses: { no_incident: 404, content_apart: 403, not_in_scope: 403 },
      handle: async ({ ctx, params }, who) => {
        const { id, row } = await readIncident(ports, numberIn(params), who.caller, 'read_incident');
        const allowed = may(who.caller, 'read_operation');
        if (allowed.is === 'refusal') throw new HttpFault(403, allowed.code, allowed.zh, allowed.hint);
        const messages = await ports.views.messages(id);
        await ports.note({
          type: 'RawRead',
          by: who.person,
          system: systemOf(who),
          from: addressOf(ctx),
          n: row.n,
          count: messages.length,
        });
        const items = messages.map(({ words, receivedAt, ...message }) => ({ ...message, receivedAt: iso(receivedAt), ...wordsOf(words) }));
        return { body: { items, cursor: null } };
      },
    }),
  ];
}

function wordsOf(words: string | null): { readonly text: string | null; readonly quote: string | null } {
  if (words === null) return { text: null, quote: null };
  const { text: said, quote } = keptSchema.parse(JSON.parse(words));
  return { text: maskedWords(said), quote: quote === null ? null : maskedWords(quote) };
}
