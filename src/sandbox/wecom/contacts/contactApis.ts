/** The contact book as an app sees it (dossier 5.7): members, departments, tags, all within the visible range. */
import { z } from 'zod';
import type { Person } from '../../world';
import { type Answer, accepted, refused } from '../answers';
import type { CorpParts } from '../parts';
import type { WireApi, WireCall } from '../wire';
import { lookUpApis } from './lookUps';

const listSchema = z.looseObject({ cursor: z.string().optional(), limit: z.number().int().min(1).max(10_000).default(10_000) });

/** All contact calls; the look-ups by number have windows of their own. */
export class Contacts {
  private readonly lookUps;

  constructor(private readonly parts: CorpParts) {
    this.lookUps = lookUpApis(parts);
  }

  apis(): Readonly<Record<string, WireApi>> {
    const get = (run: (call: WireCall) => Answer): WireApi => ({ method: 'GET', token: 'app', run });
    return {
      'user/get': get((call) => this.member(call.query.get('userid'))),
      'user/simplelist': get((call) => this.members(call.query.get('department_id'), call.query.get('fetch_child') === '1')),
      'user/list_id': { method: 'POST', token: 'any', run: (call) => this.memberIds(call) },
      'department/get': get((call) => this.department(call.query.get('id'))),
      'department/simplelist': get((call) => this.departments(call.query.get('id'))),
      'tag/get': get((call) => this.tag(call.query.get('tagid'))),
      ...this.lookUps.apis,
    };
  }

  wipe(): void {
    this.lookUps.wipe();
  }

  private member(userid: string | null): Answer {
    if (!userid) return refused(41009);
    const person = this.parts.world.personByUserid(userid);
    if (!person) return refused(60111);
    const { visible, status } = this.parts.switches.standing(person.id);
    if (!visible) return refused(60011);
    return accepted({
      userid: person.userid,
      name: person.name,
      department: person.departments,
      order: person.departments.map(() => 0),
      position: person.post,
      is_leader_in_dept: person.departments.map(() => 0),
      direct_leader: [],
      main_department: person.departments[0],
      status,
      extattr: { attrs: [] },
    });
  }

  private members(departmentId: string | null, withChildren: boolean): Answer {
    const ids = this.below(departmentId ?? '');
    if (typeof ids === 'number') return refused(ids);
    const wanted = withChildren ? ids : ids.slice(0, 1);
    const userlist = this.visible(this.parts.world.people.filter((person) => person.departments.some((id) => wanted.includes(id)))).map(
      (person) => ({ userid: person.userid, name: person.name, department: person.departments, open_userid: person.openUserid }),
    );
    return accepted({ userlist });
  }

  /** For the contact-sync secret alone; others are told 48002. */
  private memberIds(call: WireCall): Answer {
    if (call.caller.kind !== 'contacts') return refused(48002);
    const body = listSchema.safeParse(call.json);
    if (!body.success) return refused(40058);
    const pairs = this.parts.world.people.flatMap(({ userid, departments }) => departments.map((department) => ({ userid, department })));
    const from = Number(body.data.cursor || 0);
    const to = from + body.data.limit;
    return accepted({ dept_user: pairs.slice(from, to), next_cursor: to < pairs.length ? String(to) : '' });
  }

  private department(id: string | null): Answer {
    const ids = this.below(id ?? '');
    if (typeof ids === 'number') return refused(ids);
    const department = this.parts.world.departments.find((entry) => entry.id === ids[0]);
    return accepted({ department: { ...department, order: 0, department_leader: [] } });
  }

  private departments(id: string | null): Answer {
    const ids = this.below(id ?? '1');
    if (typeof ids === 'number') return refused(ids);
    const found = this.parts.world.departments.filter((entry) => ids.includes(entry.id));
    return accepted({ department_id: found.map((entry) => ({ id: entry.id, parentid: entry.parentid, order: 0 })) });
  }

  private tag(id: string | null): Answer {
    const tag = this.parts.world.tags.find((entry) => String(entry.id) === id);
    if (!tag) return refused(40068);
    const userlist = this.visible(tag.members).map((person) => ({ userid: person.userid, name: person.name }));
    return accepted({ tagname: tag.name, userlist, partylist: [] });
  }

  /** The department and everything below it, itself first; 60123 for no number, 60003 for an unknown one. */
  private below(id: string): number[] | number {
    if (!/^\d{1,10}$/.test(id)) return 60123;
    const { departments } = this.parts.world;
    if (!departments.some((entry) => entry.id === Number(id))) return 60003;
    const ids = [Number(id)];
    for (const parent of ids) ids.push(...departments.filter((entry) => entry.parentid === parent).map((entry) => entry.id));
    return ids;
  }

  private visible(people: readonly Person[]): Person[] {
    return people.filter((person) => this.parts.switches.standing(person.id).visible);
  }
}
