/** Every cell of sign-off chain x role: a step is taken by those the plan names, in its turn, and never by whoever wrote the text. */
import { describe, expect, test } from '@jest/globals';
import type { IncidentCommand } from '../../../../src/core/incident/commands';
import { decide } from '../../../../src/core/incident/decide';
import type { Scene } from '../../../../src/core/incident/decide/scene';
import type { IncidentEvent } from '../../../../src/core/incident/events';
import { evolve } from '../../../../src/core/incident/evolve';
import { rolesAt } from '../../../../src/core/incident/papers/chain';
import type { ChainAct } from '../../../../src/core/incident/papers/paper';
import type { IncidentState } from '../../../../src/core/incident/state';
import { type Instant, MINUTE } from '../../../../src/core/instant';
import type { Rulebook } from '../../../../src/core/plans/rulebook';
import type { PaperKind } from '../../../../src/core/plans/schema/papers';
import type { PersonId, Roster } from '../../../../src/core/roster/roster';
import { clock, levelSet, NETWORK, ROSTER, RULES, reported, words } from '../../builders';

/** Where a chain of a pack is gone: which paper, at which level, along which path, at which hour. */
interface Way {
  readonly rules: Rulebook;
  readonly chain: string;
  readonly kind: PaperKind;
  readonly rank: number | null;
  readonly path: string | null;
  readonly at: Instant;
}

const NOON = clock('12:00');
const NIGHT = clock('22:00');
const WAYS: readonly Way[] = [
  { rules: RULES, chain: 'director_signs', kind: 'first_report', rank: 1, path: null, at: NOON },
  { rules: RULES, chain: 'director_signs', kind: 'progress_report', rank: 2, path: null, at: NOON },
  { rules: RULES, chain: 'deputy_signs', kind: 'first_report', rank: 3, path: null, at: NOON },
  { rules: RULES, chain: 'deputy_signs', kind: 'activation_notice', rank: 4, path: null, at: NOON },
  { rules: RULES, chain: 'deputy_signs', kind: 'final_report', rank: null, path: null, at: NOON },
  { rules: RULES, chain: 'off_hours', kind: 'first_report', rank: 3, path: null, at: NIGHT },
  { rules: RULES, chain: 'public_text', kind: 'public_notice', rank: 3, path: null, at: NOON },
  { rules: NETWORK, chain: 'leader_signs', kind: 'first_report', rank: null, path: null, at: NOON },
  { rules: NETWORK, chain: 'section_sends', kind: 'first_report', rank: null, path: 'section_to_province', at: NOON },
  { rules: NETWORK, chain: 'off_hours', kind: 'first_report', rank: null, path: null, at: NIGHT },
  { rules: NETWORK, chain: 'public_text', kind: 'consumer_alert', rank: null, path: null, at: NOON },
];

/** Every role of the pack and each group, with one person who holds it and nothing else. */
function cast(rules: Rulebook): { readonly roster: Roster; readonly of: ReadonlyMap<string, PersonId> } {
  const { pack } = rules;
  const bound = pack.roles.map(({ id, bound_to }) => ({ id, role: bound_to?.role ?? id, scope: bound_to?.scope ?? null }));
  const groups = [...pack.groups, ...pack.functions].map(({ id }) => ({ id, role: 'group_leader', scope: id }));
  const all = [...bound, ...groups];
  const of = new Map(all.map(({ id }) => [id, `x-${id}`]));
  const people = new Map(all.map(({ id }) => [`x-${id}`, { id: `x-${id}`, name: id, post: id, phone: null }]));
  const shifts = (['duty_officer', 'duty_leader'] as const).map((role) => ({ person: `x-${role}`, role, from: 0, until: null }));
  const grants = all.map(({ id, role, scope }) => ({ person: `x-${id}`, role, scope }));
  return { roster: { ...ROSTER, people, grants, shifts }, of };
}

/** One person may fill several slots: two slots of a pack may be bound to one role of the roster. */
function mayBe(scene: Scene, person: PersonId, roles: readonly string[]): boolean {
  const held = scene.roster.grants.filter((grant) => grant.person === person);
  return roles.some((role) => {
    const slot = scene.rules.pack.roles.find(({ id }) => id === role)?.bound_to;
    const isGroup = [...scene.rules.pack.groups, ...scene.rules.pack.functions].some(({ id }) => id === role);
    if (isGroup) return held.some((grant) => grant.role === 'group_leader' && grant.scope === role);
    return held.some(
      (grant) => grant.role === (slot?.role ?? role) && (slot?.scope === undefined || grant.scope === null || grant.scope === slot.scope),
    );
  });
}

const ID = 's1-paper';

function commandOf(act: ChainAct, { kind, path, rules }: Way, at: Instant): IncidentCommand {
  switch (act) {
    case 'draft':
      return { type: 'DraftPaper', kind, path, corrects: null, about: null, serial: null, content: words('paper'), unfit: null };
    case 'review':
    case 'text_check':
      return { type: 'PassPaper', paper: ID, act, text: null };
    case 'sign':
      return { type: 'SignPaper', paper: ID, text: null, unfit: null, confirmed: true };
    case 'send': {
      const to = { kind: 'party' as const, id: rules.pack.parties[0]?.id ?? '' };
      const how = { as: 'main' as const, way: 'fax' as const, sentAt: at, frozen: { hash: 'h', file: null } };
      return { type: 'SendPaper', paper: ID, to, ...how, unfit: null, confirmed: true };
    }
  }
}

interface Played {
  readonly scene: Scene;
  readonly state: IncidentState;
}

function tried({ scene, state }: Played, command: IncidentCommand, person: PersonId, at: Instant) {
  return decide(scene, state, { command, actor: { person, room: null, conversation: 'c' }, at, seed: 's1' });
}

function then({ scene, state }: Played, events: readonly IncidentEvent[], at: Instant): Played {
  return { scene, state: events.reduce<IncidentState>((now, event, i) => evolve(now, { version: 10 + i, at, event }), state) };
}

function begun(way: Way): Played {
  const { roster } = cast(way.rules);
  const past = [
    reported({ plan: way.rules.pack.pack, receivedAt: way.at, county: null }),
    ...(way.rank === null ? [] : [levelSet(way.rank)]),
  ];
  const state = past.reduce<IncidentState | null>((now, { event }, i) => evolve(now, { version: i + 1, at: way.at, event }), null);
  if (state === null) throw new Error('nothing was reported');
  return { scene: { rules: way.rules, roster }, state };
}

describe.each(WAYS.map((way) => [`${way.rules.pack.pack} ${way.chain} ${way.kind} ${way.rank ?? '不分级'}`, way] as const))(
  '%s',
  (_, way) => {
    const chain = way.rules.pack.sign_off.find(({ id }) => id === way.chain);
    if (chain === undefined) throw new Error(`no chain ${way.chain}`);
    const acts = chain.steps.map(({ act }) => act);
    const everybody = [...cast(way.rules).of.values()];
    const drafter = `x-${rolesAt(chain, 'draft')[0]}`;

    test('每一步只有预案写明的人、轮到的时候才办得成，其余都被拒绝', () => {
      let played = begun(way);
      for (const [turn, next] of acts.entries()) {
        const at = way.at + turn * MINUTE;
        for (const act of ['draft', 'review', 'text_check', 'sign', 'send'] as const) {
          if (act === 'draft') continue;
          for (const person of everybody) {
            const decision = tried(played, commandOf(act, way, at), person, at);
            const named = mayBe(played.scene, person, rolesAt(chain, act)) || (act === 'sign' && person === 'x-director');
            const may = act === next && named && (act !== 'sign' || person !== drafter) && turn > 0;
            const waitsForNumber = act === 'send' && may;
            expect([
              way.chain,
              next,
              act,
              person,
              decision.is === 'events' || (waitsForNumber && decision.is === 'refusal' && decision.code === 'number_required'),
            ]).toEqual([way.chain, next, act, person, may]);
          }
        }
        const roles = rolesAt(chain, next);
        const by = everybody.find(
          (person) => mayBe(played.scene, person, roles) && (next === 'draft' || person !== drafter || next === 'send'),
        );
        if (by === undefined) throw new Error(`nobody takes ${next}`);
        if (next === 'send') {
          const numbered = tried(played, { type: 'NumberPaper', paper: ID, number: '三市监〔2026〕1号' }, by, at);
          if (numbered.is !== 'events') throw new Error(JSON.stringify(numbered));
          played = then(played, numbered.events, at);
        }
        const done = tried(played, commandOf(next, way, at), next === 'draft' ? drafter : by, at);
        if (done.is !== 'events') throw new Error(`${next}: ${JSON.stringify(done)}`);
        played = then(played, done.events, at);
      }
      expect(played.state.papers[ID]).toMatchObject({ stage: 'sent', sendings: [{ as: 'main' }] });
    });

    test('自己拟的稿自己签发不了，哪怕他也有签发的职务', () => {
      const first = begun(way);
      const signer = rolesAt(chain, 'sign')[0] ?? '';
      const also = first.scene.roster.grants.find(({ person }) => person === `x-${signer}`);
      const grants = [...first.scene.roster.grants, { person: drafter, role: also?.role ?? '', scope: also?.scope ?? null }];
      const shifts = [...first.scene.roster.shifts, { person: drafter, role: 'duty_leader' as const, from: 0, until: null }];
      let played: Played = { ...first, scene: { ...first.scene, roster: { ...first.scene.roster, grants, shifts } } };
      for (const act of acts.slice(0, acts.indexOf('sign'))) {
        const by =
          act === 'draft' ? drafter : everybody.find((person) => person !== drafter && mayBe(played.scene, person, rolesAt(chain, act)));
        const done = tried(played, commandOf(act, way, way.at), by ?? '', way.at);
        if (done.is !== 'events') throw new Error(`${act}: ${JSON.stringify(done)}`);
        played = then(played, done.events, way.at);
      }
      expect(tried(played, commandOf('sign', way, way.at), drafter, way.at)).toMatchObject({ is: 'refusal', code: 'own_draft' });
    });
  },
);

test('两个预案的每一条签发链都走过', () => {
  for (const rules of [RULES, NETWORK])
    expect(new Set(WAYS.filter((way) => way.rules === rules).map(({ chain }) => chain))).toEqual(
      new Set(rules.pack.sign_off.map(({ id }) => id)),
    );
});
