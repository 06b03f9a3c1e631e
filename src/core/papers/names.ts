/** Who is on the other side of a record, a call or a paper: parties of the pack, counties, people, groups. */
import type { RecordTo } from '../incident/records/record';
import { groupOf, kindZh } from '../plans/rulebook';
import { nameOf } from '../roster/roster';
import type { Brief } from './brief';
import type { Part, Recipient } from './draft';
import { joint, listed, person, plan } from './parts';

/** The name of whom a record or a call goes to. */
export function recipientPart(brief: Pick<Brief, 'ctx' | 'form'>, to: Pick<RecordTo, 'kind' | 'id'>): Part {
  if (to.kind === 'person') return person(brief, to.id);
  if (to.kind === 'county') return listed(countyOffice(brief, to.id));
  const zh = partyZh(brief, to.id);
  return zh === null ? listed('有关单位') : plan(zh);
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
      return { ...to, zh: partyZh(brief, to.id) ?? '有关单位' };
  }
}

/** What is owed, as the profile names it; the work of a task or a record has a word of ours. */
export function owedPart({ ctx }: Pick<Brief, 'ctx'>, kind: string): Part {
  const step = ctx.rules.profile.steps.find(({ id }) => id === kind);
  return step === undefined ? joint(kindZh(ctx.rules, kind)) : plan(step.zh);
}

/** What is said of whom neither roster nor plan lists. */
export const NOT_LISTED: readonly string[] = ['有关单位', '有关负责人', officeOf('有关县区')];

/** The bureau of a county. */
export function officeOf(county: string): string {
  return `${county}市场监管部门`;
}

function countyOffice({ ctx }: Pick<Brief, 'ctx'>, id: string): string {
  return officeOf(ctx.roster.counties.find((county) => county.id === id)?.names[0] ?? '有关县区');
}

function partyZh({ ctx }: Pick<Brief, 'ctx'>, id: string): string | null {
  const { parties, roles, command } = ctx.rules.pack;
  return [...parties, ...roles, { id: command.id, zh: command.organ }].find((one) => one.id === id)?.zh ?? null;
}
