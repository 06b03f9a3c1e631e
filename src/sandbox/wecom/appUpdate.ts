/** Updating an app card that people already see (dossier 5.3), in both forms, against a code that can be used once. */
import { z } from 'zod';
import type { World } from '../world';
import { type Answer, accepted, refused } from './answers';
import { readCard, type TemplateCard } from './cards';
import type { ResponseCodes } from './responseCodes';
import type { ShownCards } from './shownCards';

const bodySchema = z.looseObject({
  userids: z.array(z.string()).max(1000).optional(),
  atall: z.number().optional(),
  agentid: z.union([z.number(), z.string()]).optional(),
  response_code: z.string().optional(),
  button: z.looseObject({ replace_name: z.string().optional() }).optional(),
  template_card: z.unknown().optional(),
});
type Body = z.output<typeof bodySchema>;

/** The parts an update touches. */
export interface UpdateParts {
  readonly world: World;
  readonly cards: ShownCards;
  readonly codes: ResponseCodes;
}

/** `message/update_template_card`. A refused update leaves the code usable. */
export function updateAppCard(parts: UpdateParts, raw: unknown): Answer {
  const body = bodySchema.safeParse(raw);
  if (!body.success) return refused(40058);
  if (Number(body.data.agentid) !== parts.world.keys.agentId) return refused(42015);
  const send = parts.codes.find(body.data.response_code ?? '');
  if (!send) return refused(60140);
  const change = changeOf(body.data);
  if (typeof change === 'number') return refused(change);
  const targets = targetsOf(parts.world, body.data, [...send.messages.keys()]);
  if (targets === null) return refused(82101);
  const reached = targets.people.filter((person) => send.messages.has(person));
  if (reached.length === 0) return refused(82102);
  for (const person of reached) parts.cards.replace(send.messages.get(person) ?? '', change, null);
  parts.codes.use(body.data.response_code ?? '');
  return accepted({ invaliduser: targets.invalid });
}

/** The new card made from the present one: one grey label in place of the buttons, or a whole new card. */
function changeOf(body: Body): ((card: TemplateCard) => TemplateCard) | number {
  if (body.button) {
    const name = body.button.replace_name;
    return name ? (card) => ({ ...card, replace_text: name }) : 42020;
  }
  const reading = readCard(body.template_card, 'app');
  return reading.card ? () => reading.card : reading.errcode;
}

function targetsOf(world: World, body: Body, receivers: readonly string[]): { people: readonly string[]; invalid: string[] } | null {
  if (body.atall === 1) return { people: receivers, invalid: [] };
  if (!body.userids || body.userids.length === 0) return null;
  const found = body.userids.map((userid) => ({ userid, person: world.personByUserid(userid)?.id }));
  return {
    people: found.flatMap(({ person }) => (person === undefined ? [] : [person])),
    invalid: found.filter(({ person }) => person === undefined).map(({ userid }) => userid.toLowerCase()),
  };
}
