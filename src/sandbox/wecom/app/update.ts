/** Updating an app card that people already see (dossier 5.3), in both forms, against a code that can be used once. */
import { z } from 'zod';
import type { Person } from '../../world';
import { type Answer, accepted, refused } from '../answers';
import type { TemplateCard } from '../cards/card';
import { readCard } from '../cards/checks';
import type { CorpParts } from '../parts';
import type { WireCall } from '../wire';
import type { ResponseCodes } from './responseCodes';

const ids = z.array(z.union([z.string(), z.number()])).optional();
const bodySchema = z.looseObject({
  userids: ids,
  partyids: ids,
  tagids: ids,
  atall: z.number().optional(),
  agentid: z.union([z.number(), z.string()]).optional(),
  response_code: z.string().optional(),
  button: z.looseObject({ replace_name: z.string().optional() }).optional(),
  template_card: z.unknown().optional(),
});
type Body = z.output<typeof bodySchema>;

/** `message/update_template_card`. A refused update leaves the code usable. */
export function updateAppCard(parts: CorpParts & { readonly codes: ResponseCodes }, call: WireCall): Answer {
  const read = bodySchema.safeParse(call.json);
  if (!read.success) return refused(40058);
  const body = read.data;
  const send = parts.codes.find(body.response_code ?? '');
  if (Number(body.agentid) !== call.caller.agentId || (send && send.agentId !== call.caller.agentId)) return refused(42015);
  if (!send) return refused(60140);
  const change = changeOf(parts, body);
  if (typeof change === 'number') return refused(change);
  const targets = targetsOf(parts, body, [...send.messages.keys()]);
  if (typeof targets === 'number') return refused(targets);
  const reached = targets.people.filter((person) => send.messages.has(person));
  if (reached.length === 0) return refused(82102);
  for (const person of reached) parts.cards.replace(send.messages.get(person) ?? '', change, null);
  parts.codes.use(body.response_code ?? '');
  return accepted({ invaliduser: targets.invalid });
}

/** The new card made from the present one: one grey label in place of the buttons, or a whole new card. */
function changeOf(parts: CorpParts, body: Body): ((card: TemplateCard) => TemplateCard) | number {
  if (body.button) {
    const name = body.button.replace_name;
    return name ? (card) => ({ ...card, replace_text: name }) : 42020;
  }
  const reading = readCard(body.template_card, 'app', (id) => parts.media.find('corp', id) !== undefined);
  return reading.card ? () => reading.card : reading.errcode;
}

function targetsOf(
  { world }: CorpParts,
  body: Body,
  receivers: readonly string[],
): { readonly people: readonly string[]; readonly invalid: readonly string[] } | number {
  if (body.atall === 1) return { people: receivers, invalid: [] };
  const [userids, parties, tags] = [body.userids ?? [], body.partyids ?? [], body.tagids ?? []];
  if (userids.length + parties.length + tags.length === 0) return 82101;
  if (userids.length > 1000) return 40032;
  if (parties.length > 100) return 82002;
  if (tags.length > 100) return 82003;
  const found = userids.map((userid) => ({ userid: String(userid), person: world.personByUserid(String(userid)) }));
  const inParties = world.people.filter((person) => person.departments.some((id) => parties.map(Number).includes(id)));
  const inTags = world.tags.filter((tag) => tags.map(Number).includes(tag.id)).flatMap((tag) => tag.members);
  const named = found.map(({ person }) => person).filter((person): person is Person => person !== undefined);
  return {
    people: [...new Set([...named, ...inParties, ...inTags].map((person) => person.id))],
    invalid: found.filter(({ person }) => person === undefined).map(({ userid }) => userid.toLowerCase()),
  };
}
