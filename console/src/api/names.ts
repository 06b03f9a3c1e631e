/** What people call the ids in the answers. */
import { computed, shallowRef } from 'vue';
import { words } from '../words';
import { get } from './client';
import { standing } from './session';
import type { Names } from './types';

const known = shallowRef<Names | null>(null);

/** Asked once after signing in. Throws Refused. */
export async function loadNames(): Promise<void> {
  known.value = await get<Names>('/api/v1/names');
}

export const office = computed(() => known.value?.office ?? '');

/** A person, a role or a county, whatever the id stands for; the id itself where nobody knows it. */
export function who(id: string | null): string {
  if (id === null) return '';
  return known.value?.people[id]?.name ?? words.value.roles[id] ?? known.value?.counties[id] ?? known.value?.rooms[id] ?? id;
}

/** Everybody of the roster, and everything that can have happened, for lists to choose from. */
export const people = computed(() => Object.entries(known.value?.people ?? {}).map(([id, { name }]) => [id, name] as const));
export const eventNames = computed(() => Object.entries(known.value?.events ?? {}));

export const postOf = (id: string): string => known.value?.people[id]?.post ?? '';
export const countyZh = (id: string | null): string => (id === null ? '' : (known.value?.counties[id] ?? id));
export const sectionZh = (id: string): string => known.value?.sections[id] ?? id;
export const roomZh = (id: string): string => known.value?.rooms[id] ?? id;
export const eventZh = (type: string): string => known.value?.events[type] ?? type;
export const planOf = (id: string) => known.value?.plans[id] ?? null;

/** Kinds of papers, and ways by which they leave the house. */
export const paperKinds = computed(() => known.value?.papers ?? {});
export const ways = computed(() => known.value?.ways ?? {});

/** Plans name what they speak of; the first that knows the id is asked. */
function planWord(list: 'deadlines' | 'groups' | 'categories' | 'tasks', id: string | null): string {
  if (id === null) return '';
  return Object.values(known.value?.plans ?? {}).find((plan) => plan[list][id] !== undefined)?.[list][id] ?? id;
}

export const kindZh = (kind: string): string => planWord('deadlines', kind);
export const groupZh = (id: string | null): string => planWord('groups', id);
export const categoryZh = (id: string | null): string => planWord('categories', id);
export const taskZh = (template: string | null): string => planWord('tasks', template);

/** To whom a message goes: `room:duty`, `person:leader1`, `conversation:…`. */
export function addresseeZh(addressee: string): string {
  const [is = '', id = ''] = addressee.split(':');
  if (is === 'room') return roomZh(id);
  return is === 'person' ? who(id) : words.value.conversation;
}

/** The platform of a tenant; the demonstration's says that it is one, an unknown tenant stands as it is. */
export function platformZh(tenant: string): string {
  const id = standing.value?.platforms.find((platform) => platform.tenant === tenant)?.id;
  const name = words.value.platforms[id ?? ''] ?? tenant;
  return tenant === DEMONSTRATION ? words.value.demonstration(id === undefined ? '' : name) : name;
}
const DEMONSTRATION = 'sandbox';

/** By which way a message goes: `wecom.robot`, `sms`; one without words yet as it is. */
export function channelZh(channel: string): string {
  return words.value.trail.channels[channel] ?? channel;
}

/** Why a message stands as it does; what has no words yet, e.g. a number of the platform, as it is. */
export function reasonZh(reason: string): string {
  return words.value.trail.reasons[reason] ?? reason;
}
