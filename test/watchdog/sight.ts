/** Looks at a service for the watchdog's tests: everything well, and changed where a test says so. */
import type { Contact, InstanceSeen, Sighting, UnheardRing } from '../../src/ports/watch';

/** 2026-08-01 23:00 in Shanghai. */
export const NOW = Date.parse('2026-08-01T23:00:00+08:00');

export const instance = (some: Partial<InstanceSeen> = {}): InstanceSeen => ({
  id: 'one',
  role: 'all',
  startedAt: NOW - 3_600_000,
  beatAt: NOW - 5_000,
  aliveUntil: NOW + 40_000,
  stoppedAt: null,
  ...some,
});

export const ring = (some: Partial<UnheardRing> = {}): UnheardRing => ({
  ...{ stream: 'incident', n: 3, mode: 'real', kind: 'task_ack', owner: 'hubin1' },
  ...{ dueAt: NOW + 300_000, ringAt: NOW - 60_000 },
  ...some,
});

const person = (
  id: string,
  name: string,
  post: string,
  phone: string | null,
  roles: readonly string[],
  onDuty: readonly string[] = [],
): Contact => ({
  ...{ id, name, post, phone, roles, onDuty },
});

export const CONTACTS = [
  person('hubin1', '华湖一', '湖滨区局局长', '10000000025', ['territorial_head']),
  person('duty1', '周值一', '值班员', '10000000001', ['duty_officer'], ['duty_officer']),
  person('leader1', '郑带班', '带班领导', '10000000003', ['duty_leader'], ['duty_leader']),
  person('net1', '卫网一', '网监科科长', null, ['section_in_charge']),
];

export const sight = (some: Partial<Sighting> = {}): Sighting => ({
  now: NOW,
  realNow: NOW,
  instances: [instance()],
  rings: { count: 0, first: [] },
  inbox: { count: 0, oldest: null },
  unsent: { count: 0, oldest: null },
  connections: [{ id: 'line', heardAt: NOW - 20_000 }],
  contacts: CONTACTS,
  labels: { task_ack: '任务签收' },
  isFullRoom: true,
  ...some,
});

export const dead = (some: Partial<InstanceSeen> = {}): InstanceSeen =>
  instance({ beatAt: NOW - 90_000, aliveUntil: NOW - 45_000, ...some });
