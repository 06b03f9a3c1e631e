/** Contacts, sign-in and files of the government edition (dossier 6.4). */
import { randomBytes } from 'node:crypto';
import { mediaPart } from '../../multipart';
import { isFileKind } from '../media';
import { bytes, type Reply } from '../replies';
import type { GovAccount } from './book';
import { listOf } from './notices';
import type { GovCall, GovParts, GovTable } from './parts';
import { failed, granted } from './replies';

const MAX_PAGE = 100;
const CODE_LIFE_MS = 300_000;

/** Who is who. */
export class GovPeople {
  private readonly codes = new Map<string, { readonly account: GovAccount; readonly expiresAt: number }>();

  constructor(private readonly parts: GovParts) {}

  /** A sign-in code as a page inside the client gets it. */
  code(personId: string): string {
    const code = randomBytes(16).toString('hex');
    this.codes.set(code, { account: this.parts.book.account(personId), expiresAt: this.parts.now() + CODE_LIFE_MS });
    return code;
  }

  table(): GovTable {
    const run = (act: (call: GovCall) => Reply) => ({ run: act });
    return {
      'rpc/oauth2/dingtalk_app_user.json': run(({ params }) => this.signIn(params.get('auth_code'))),
      'rpc/oauth2/getuserinfo_bycode.json': run(({ params }) => this.signIn(params.get('code'))),
      'get_jsapi_token.json': run(() => granted({ accessToken: randomBytes(16).toString('hex'), expiresIn: 7200 })),
      'mozi/employee/get_by_mobile': run(({ params }) => this.byMobile(params)),
      'mozi/employee/listEmployeeAccountIds': run(({ params }) => this.accountIds(params)),
      'mozi/employee/getEmployeeByCode': run(({ params }) => this.byCode(params)),
      'mozi/organization/getRootOrganization': run(() => this.root()),
      'mozi/organization/pageSubOrganizationCodes': run(({ params }) => this.units(params)),
      'mozi/organization/pageOrganizationEmployeePositions': run(({ params }) => this.employees(params)),
      'media/upload': { upload: true, run: (call) => this.upload(call) },
      'media/download': run(({ params }) => this.download(params)),
    };
  }

  wipe(): void {
    this.codes.clear();
  }

  private signIn(code: string | null): Reply {
    const entry = this.codes.get(code ?? '');
    this.codes.delete(code ?? '');
    if (!entry || this.parts.now() >= entry.expiresAt) return failed('InvalidAuthCode', '授权码无效');
    const { accountId, employeeCode, person } = entry.account;
    const { tenantId } = this.parts.keys;
    const account = `${person.id}@sandbox`;
    return granted({
      ...{
        account,
        accountId,
        clientId: this.parts.keys.appKey,
        employeeCode,
        lastName: person.name,
        nickNameCn: person.name,
        namespace: 'local',
      },
      ...{ realmId: tenantId, realmName: '沙箱', tenantUserId: `${tenantId}$${account}`, openid: employeeCode },
    });
  }

  private byMobile(params: URLSearchParams): Reply {
    const account = this.parts.book.byMobile(params.get('mobile') ?? undefined);
    return account ? granted({ employeeCode: account.employeeCode }) : failed('EmployeeNotFound', '人员不存在');
  }

  private accountIds(params: URLSearchParams): Reply {
    const codes = listOf(params, 'employeeCodes');
    if (codes.length > MAX_PAGE) return failed('InvalidParameter', 'employeeCodes超过100');
    const found = codes.flatMap((code) => this.parts.book.byCode(code) ?? []);
    return granted(
      found.map(({ accountId, employeeCode, person }) => ({ accountId, accountCode: person.id, accountNamespace: 'local', employeeCode })),
    );
  }

  private byCode(params: URLSearchParams): Reply {
    const account = this.parts.book.byCode(params.get('employeeCode') ?? undefined);
    return account
      ? granted({ employeeCode: account.employeeCode, employeeName: account.person.name })
      : failed('EmployeeNotFound', '人员不存在');
  }

  private root(): Reply {
    const root = this.parts.book.units.find(({ parentId }) => parentId === 0);
    return granted({ organizationCode: root?.code, organizationName: root?.name });
  }

  private units(params: URLSearchParams): Reply {
    const parent = this.parts.book.units.find(({ code }) => code === params.get('organizationCode'));
    return this.page(
      this.parts.book.units.filter(({ parentId }) => parentId === parent?.id).map(({ code }) => code),
      params,
    );
  }

  private employees(params: URLSearchParams): Reply {
    const unit = this.parts.book.units.find(({ code }) => code === params.get('organizationCode'));
    const members = this.parts.book.accounts.filter(({ person }) => unit !== undefined && person.departments.includes(unit.id));
    const list = members.map(({ employeeCode, person }) => ({ employeeCode, employeeName: person.name, govEmpPosJob: person.post }));
    return this.page(list, params);
  }

  private page(list: readonly unknown[], params: URLSearchParams): Reply {
    const [no, size] = [Number(params.get('pageNo') ?? 1), Number(params.get('pageSize') ?? 20)];
    if (!(no >= 1 && size >= 1 && size <= MAX_PAGE)) return failed('InvalidParameter', 'pageSize超过100');
    return granted({ data: list.slice((no - 1) * size, no * size), totalSize: list.length, pageSize: size, currentPage: no });
  }

  private upload({ body, contentType, params }: GovCall): Reply {
    const part = mediaPart(contentType, body);
    const kind = params.get('type') ?? 'file';
    if (!part?.name || part.data.length === 0) return failed('InvalidParameter', 'media为空');
    return granted({ mediaId: this.parts.media.keep(isFileKind(kind) ? kind : 'file', part.name, part.data) });
  }

  private download(params: URLSearchParams): Reply {
    const file = this.parts.media.find(params.get('media_id') ?? undefined);
    return file ? bytes(file.data, file.contentType, file.shown.name) : failed('InvalidParameter', 'media_id不存在');
  }
}
