/** A small bureau for tests of the roster. */
import type { Room, Roster } from '../../src/core/roster/roster';
import { T } from './contract/builders';

const DUTY: Room = { id: 'duty', name: '值班群', kind: 'duty', county: null, plans: [], exposure: 'full', members: ['duty1', 'leader1'] };

export function roster(over: Partial<Roster> = {}): Roster {
  return {
    bureau: '市局',
    city: '三门峡市',
    people: new Map([
      ['duty1', { id: 'duty1', name: '值班员甲', post: '值班员', phone: null }],
      ['leader1', { id: 'leader1', name: '领导乙', post: '带班领导', phone: '00000000000' }],
    ]),
    rooms: new Map([
      ['duty', DUTY],
      [
        'county-hubin',
        {
          ...DUTY,
          id: 'county-hubin',
          name: '湖滨',
          kind: 'county',
          county: 'hubin',
          plans: ['consumer'],
          exposure: 'pointer',
          members: [],
        },
      ],
    ]),
    counties: [
      { id: 'shanzhou', names: ['陕州区', '陕州'] },
      { id: 'hubin', names: ['湖滨区'] },
    ],
    grants: [
      { person: 'leader1', role: 'duty_leader', scope: null },
      { person: 'duty1', role: 'member', scope: 'coordination' },
    ],
    shifts: [
      { person: 'duty1', role: 'duty_officer', from: T, until: T + 1000 },
      { person: 'leader1', role: 'duty_leader', from: T, until: null },
    ],
    ...over,
  };
}
