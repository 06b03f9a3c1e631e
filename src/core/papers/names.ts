/** Who is on the other side of a record, a call or a paper: parties of the pack, counties, people, groups. */
import type { RecordTo } from '../incident/records/record';
import { groupOf } from '../plans/rulebook';
import { nameOf } from '../roster/roster';
import type { Brief } from './brief';
import type { Part, Recipient } from './draft';
import { listed, person, plan } from './parts';

/** The name of whom a record or a call goes to. */
export function recipientPart(brief: Pick<Brief, 'ctx' | 'form'>, to: Pick<RecordTo, 'kind' | 'id'>): Part {
  if (to.kind === 'person') return person(brief, to.id);
  if (to.kind === 'county') return listed(countyOffice(brief, to.id));
  return plan(partyZh(brief, to.id));
}

/** The same as a recipient of a paper. */
export function recipientOf(brief: Pick<Brief, 'ctx'>, to: Pick<Recipient, 'kind' | 'id'>): Recipient {
  const { roster, rules } = brief.ctx;
  switch (to.kind) {
    case 'person':
      return { ...to, zh: nameOf(roster, to.id) };
    case 'county':
      return { ...to, zh: countyOffice(brief, to.id) };
    case 'group':
      return { ...to, zh: groupOf(rules, to.id)?.zh ?? to.id };
    case 'party':
    case 'role':
      return { ...to, zh: partyZh(brief, to.id) };
  }
}

function countyOffice({ ctx }: Pick<Brief, 'ctx'>, id: string): string {
  const name = ctx.roster.counties.find((county) => county.id === id)?.names[0];
  return name === undefined ? '有关县区市场监管部门' : `${name}市场监管部门`;
}

function partyZh({ ctx }: Pick<Brief, 'ctx'>, id: string): string {
  const { parties, roles, command } = ctx.rules.pack;
  return [...parties, ...roles, { id: command.id, zh: command.organ }].find((one) => one.id === id)?.zh ?? '有关单位';
}
