/** A PostgreSQL of the office's own: whether it can be used, told before anything is written to it. */
import { Client, DatabaseError } from 'pg';

/** Oldest version whose features the store uses, as PostgreSQL counts them. */
const OLDEST = 140_000;
const PATIENCE_MS = 5000;
/** The queue makes this schema for itself at its first start. */
const QUEUE_SCHEMA = 'bullmq';

/**
 * Asks the server at `url` whether the bot can live there: reachable, right password, version 14 or later, UTF-8, writable, with
 * the right to create tables. Null when it can, else one Chinese sentence with what to do; neither password nor address text of
 * `url` is repeated beyond host, port, names. Changes nothing, may run at every start.
 */
export async function externalFault(url: string): Promise<string | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS });
  client.on('error', () => undefined);
  const target: Target = { host: client.host, port: client.port, user: client.user ?? '', database: client.database ?? '' };
  try {
    await client.connect();
    const { rows } = await client.query<Answer>(ASK, [QUEUE_SCHEMA]);
    return rows[0] ? misfit(rows[0], target) : null;
  } catch (cause) {
    return unreachable(cause, target);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whom and what the address names. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** What a server says of itself and of our rights there. */
export interface Answer {
  /** Version as PostgreSQL counts: 140005 is 14.5. */
  readonly number: number;
  readonly version: string;
  readonly encoding: string;
  readonly readOnly: boolean;
  readonly mayCreate: boolean;
}

/** The sentence for the first thing that is not as the bot needs it; null when all is well. */
export function misfit(answer: Answer, { user, database }: Target): string | null {
  if (answer.number < OLDEST)
    return `数据库的版本是 PostgreSQL ${answer.version}，至少需要 14：请升级，或不设 FENGHUO_DATABASE_URL 改用自带数据库。`;
  if (answer.encoding !== 'UTF8')
    return `数据库 ${database} 的编码是 ${answer.encoding}，存不下全部汉字：请另建 UTF8 编码的数据库（CREATE DATABASE ${database}2 OWNER ${user} ENCODING 'UTF8' TEMPLATE template0）。`;
  if (answer.readOnly) return `数据库 ${database} 是只读的（备库或设了只读）：请把 FENGHUO_DATABASE_URL 改为主库的地址。`;
  if (!answer.mayCreate)
    return `数据库用户 ${user} 没有在 ${database} 中建表的权限：请由管理员执行 ALTER DATABASE ${database} OWNER TO ${user} 后重新启动。`;
  return null;
}

function unreachable(cause: unknown, target: Target): string {
  const at = target.host.startsWith('/') ? target.host : `${target.host}:${target.port}`;
  if (cause instanceof DatabaseError) return refused(cause.code ?? '', at, target);
  switch (codeOf(cause)) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `数据库 ${at} 没有在运行或不接受连接：请启动 PostgreSQL，或改正 FENGHUO_DATABASE_URL 中的地址和端口。`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `找不到数据库主机 ${target.host}：请改正 FENGHUO_DATABASE_URL 中的主机名，或检查域名解析。`;
    case 'no_answer':
      return `数据库 ${at} 没有应答：请检查网络和防火墙，或改正 FENGHUO_DATABASE_URL 中的地址和端口。`;
    case 'no_tls':
      return `数据库 ${at} 没有启用加密连接：请在数据库上启用，或从 FENGHUO_DATABASE_URL 中去掉 sslmode。`;
    default:
      return `数据库 ${at} 连接失败（${codeOf(cause)}）：请检查网络、证书和 FENGHUO_DATABASE_URL。`;
  }
}

/** By SQLSTATE (PostgreSQL manual, appendix A). */
function refused(code: string, at: string, { user, database }: Target): string {
  switch (code) {
    case '28P01':
      return `数据库 ${at} 不接受用户 ${user} 的口令：请改正 FENGHUO_DATABASE_URL 中的用户名或口令（口令中的特殊字符须写成 %XX）。`;
    case '28000':
      return `数据库 ${at} 不允许用户 ${user} 从本机登录 ${database}：请由管理员建立该用户，并在 pg_hba.conf 中放行。`;
    case '3D000':
      return `数据库 ${at} 上没有名为 ${database} 的数据库：请由管理员执行 CREATE DATABASE ${database} OWNER ${user} ENCODING 'UTF8'。`;
    case '42501':
      return `数据库用户 ${user} 没有登录 ${database} 的权限：请由管理员执行 ALTER DATABASE ${database} OWNER TO ${user} 后重新启动。`;
    case '53300':
      return `数据库 ${at} 的连接数已满：请调大 max_connections，或停止不用的连接后重新启动。`;
    case '57P03':
      return `数据库 ${at} 正在启动或停止：请稍候重新启动烽火。`;
    default:
      return `数据库 ${at} 拒绝连接（${code}）：请把这个代码告诉数据库管理员。`;
  }
}

/** The driver has no code for its own two refusals. */
function codeOf(cause: unknown): string {
  const { code, message = '', errors } = (cause ?? {}) as { code?: unknown; message?: string; errors?: readonly unknown[] };
  if (/timeout|terminated/i.test(message) || code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'no_answer';
  if (/does not support SSL/.test(message)) return 'no_tls';
  if (typeof code === 'string') return code;
  return errors?.[0] ? codeOf(errors[0]) : '未知原因';
}

const ASK = `
  SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
    current_setting('server_encoding') AS encoding,
    pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS "readOnly",
    current_schema() IS NOT NULL AND has_schema_privilege(current_schema(), 'CREATE')
      AND (has_database_privilege(current_database(), 'CREATE') OR EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)) AS "mayCreate"`;
