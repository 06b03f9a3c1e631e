/** The contact book (dossier 5): people and departments on the old host, search and own profile on the new one. */
import { z } from 'zod';
import type { Account } from '../book';
import type { DingParts } from '../parts';
import { accepted, denied, granted, type Reply, refused } from '../replies';
import type { Tokens } from '../tokens';
import type { WireCall, WireTable } from '../wireApi';

const MAX_PAGE = 100;
const userSchema = z.looseObject({ userid: z.string() });
const deptSchema = z.looseObject({
  dept_id: z.number().int(),
  cursor: z.number().int().min(0).default(0),
  size: z.number().int().min(1).default(MAX_PAGE),
});
const roleSchema = z.looseObject({
  role_id: z.number().int(),
  offset: z.number().int().min(0).default(0),
  size: z.number().int().min(1).max(200).default(20),
});
const searchSchema = z.looseObject({
  queryWord: z.string().min(1),
  offset: z.number().int().min(0),
  size: z.number().int().min(1).max(MAX_PAGE),
});

/** All look-ups. */
export class Contacts {
  constructor(
    private readonly parts: DingParts,
    private readonly tokens: Tokens,
  ) {}

  apis(): { readonly api: WireTable; readonly oapi: WireTable } {
    const old = (run: (json: unknown) => Reply) => ({ token: 'app' as const, run: ({ json }: WireCall) => run(json) });
    return {
      api: {
        'GET v1.0/contact/users/*': { token: 'user', name: 'contact/users', run: (call) => this.profile(call) },
        'POST v1.0/contact/users/search': { token: 'app', name: 'contact/users/search', run: ({ json }) => this.searchUsers(json) },
        'POST v1.0/contact/departments/search': {
          token: 'app',
          name: 'contact/departments/search',
          run: ({ json }) => this.searchDepartments(json),
        },
      },
      oapi: {
        'POST topapi/v2/user/get': old((json) => this.user(json)),
        'POST topapi/v2/user/getbymobile': old((json) => this.byMobile(json)),
        'POST topapi/user/getbyunionid': old((json) => this.byUnionid(json)),
        'POST topapi/user/listid': old((json) => this.members(json, (list) => ({ userid_list: list.map(({ userid }) => userid) }))),
        'POST topapi/v2/user/list': old((json) => this.pageOfUsers(json)),
        'POST topapi/v2/department/listsub': old((json) =>
          this.departments(json, (id, name, parent) => ({ dept_id: id, name, parent_id: parent })),
        ),
        'POST topapi/v2/department/listsubid': old((json) => this.departmentIds(json)),
        'POST topapi/role/list': old(() => this.roles()),
        'POST topapi/role/simplelist': old((json) => this.roleMembers(json)),
      },
    };
  }

  private user(json: unknown): Reply {
    const body = userSchema.safeParse(json);
    const account = body.success ? this.present(this.parts.book.userid(body.data.userid)) : undefined;
    return account ? accepted({ result: this.described(account) }) : refused(60121);
  }

  private byMobile(json: unknown): Reply {
    const { mobile } = (json ?? {}) as { mobile?: unknown };
    if (typeof mobile !== 'string' || !/^\+?[\d-]{5,20}$/.test(mobile)) return refused(60103);
    const account = this.present(this.parts.book.mobile(mobile));
    return account ? accepted({ result: { userid: account.userid } }) : refused(60121);
  }

  private byUnionid(json: unknown): Reply {
    const { unionid } = (json ?? {}) as { unionid?: unknown };
    const account = this.present(this.parts.book.unionid(String(unionid)));
    return account ? accepted({ result: { contact_type: 0, userid: account.userid } }) : refused(60121);
  }

  private members(json: unknown, result: (list: readonly Account[]) => object): Reply {
    const body = deptSchema.safeParse(json);
    return body.success ? accepted({ result: result(this.inDepartment(body.data.dept_id)) }) : refused(40035);
  }

  private pageOfUsers(json: unknown): Reply {
    const body = deptSchema.safeParse(json);
    if (!body.success || body.data.size > MAX_PAGE) return refused(40035);
    const { dept_id: id, cursor, size } = body.data;
    const all = this.inDepartment(id);
    const next = cursor + size;
    const more = next < all.length;
    const list = all.slice(cursor, next).map((account) => this.described(account));
    return accepted({ result: { list, has_more: more, ...(more ? { next_cursor: next } : {}) } });
  }

  private departments(json: unknown, entry: (id: number, name: string, parent: number) => object): Reply {
    const body = deptSchema.safeParse(json);
    const children = body.success ? this.children(body.data.dept_id) : [];
    return body.success ? accepted({ result: children.map(({ id, name, parentid }) => entry(id, name, parentid)) }) : refused(40035);
  }

  private departmentIds(json: unknown): Reply {
    const body = deptSchema.safeParse(json);
    return body.success ? accepted({ result: { dept_id_list: this.children(body.data.dept_id).map(({ id }) => id) } }) : refused(40035);
  }

  private roles(): Reply {
    const roles = this.parts.world.tags.map(({ id, name }) => ({ id, name }));
    return accepted({ result: { hasMore: false, list: [{ name: '值班', groupId: 1, roles }] } });
  }

  private roleMembers(json: unknown): Reply {
    const body = roleSchema.safeParse(json);
    if (!body.success) return refused(40035);
    const { role_id: id, offset, size } = body.data;
    const members = this.parts.world.tags.find((tag) => tag.id === id)?.members ?? [];
    const list = members
      .slice(offset, offset + size)
      .map((person) => ({ userid: this.parts.book.account(person.id).userid, name: person.name }));
    return accepted({ result: { hasMore: offset + size < members.length, list } });
  }

  private profile({ tail, token }: WireCall): Reply {
    const self = this.tokens.user(token);
    const account = tail === 'me' ? self : this.parts.book.unionid(tail);
    if (!account) return denied('resource.not.found');
    const { person, unionid, openid } = account;
    return granted({ nick: person.name, unionId: unionid, openId: openid, mobile: person.phone, stateCode: '86', avatarUrl: '' });
  }

  private searchUsers(json: unknown): Reply {
    const body = searchSchema.safeParse(json);
    if (!body.success) return denied('invalidParameter');
    const found = this.parts.book.accounts.filter((account) => this.present(account) && account.person.name.includes(body.data.queryWord));
    return this.pageOf(
      found.map(({ userid }) => userid),
      body.data,
    );
  }

  private searchDepartments(json: unknown): Reply {
    const body = searchSchema.safeParse(json);
    if (!body.success) return denied('invalidParameter');
    const found = this.parts.world.departments.filter(({ name }) => name.includes(body.data.queryWord));
    return this.pageOf(
      found.map(({ id }) => id),
      body.data,
    );
  }

  private pageOf(list: readonly unknown[], { offset, size }: { offset: number; size: number }): Reply {
    return granted({ hasMore: offset + size < list.length, totalCount: list.length, list: list.slice(offset, offset + size) });
  }

  /** Direct children; the root's parent is nobody. */
  private children(parent: number): readonly { id: number; name: string; parentid: number }[] {
    return this.parts.world.departments.filter(({ parentid }) => parentid === parent);
  }

  private inDepartment(id: number): readonly Account[] {
    return this.parts.book.accounts.filter((account) => this.present(account) && account.person.departments.includes(id));
  }

  private present(account: Account | undefined): Account | undefined {
    return account && !this.parts.switches.standing(account.person.id).left ? account : undefined;
  }

  private described({ person, userid, unionid }: Account): Record<string, unknown> {
    const tags = this.parts.world.tags.filter((tag) => tag.members.some((member) => member.id === person.id));
    const hidden = this.parts.switches.on.missingScopes.includes('fieldMobile');
    return {
      userid,
      unionid,
      name: person.name,
      ...(hidden ? {} : { mobile: person.phone }),
      title: person.post,
      dept_id_list: person.departments,
      leader_in_dept: person.departments.map((id) => ({ dept_id: id, leader: false })),
      role_list: tags.map(({ id, name }) => ({ id, name, group_name: '值班' })),
      active: true,
      admin: person.roles.includes('admin'),
      boss: false,
    };
  }
}
