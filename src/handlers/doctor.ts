/** 自检: what an IT clerk would look at, one finding each with the mend. The command line and the page ask the same. Pure. */
import type { YearWanted } from '../core/calendar/calendar';
import type { RosterGap } from '../core/roster/gaps';
import type { DatabaseFacts, LineFacts } from '../ports/running';

/** Everything that was looked at. Null: it could not be, or there is none. */
export interface Facts {
  readonly database: DatabaseFacts | null;
  /** Of this machine when the database was asked. */
  readonly wallMs: number;
  /** Milliseconds Redis took to answer; null where it is not used, false where it did not answer. */
  readonly redisMs: number | false | null;
  /** Does this Node.js know the time zone of the office? */
  readonly knowsZone: boolean;
  readonly year: YearWanted | null;
  readonly gaps: readonly RosterGap[];
  /** `name`: the platform and its tenant as people call them. */
  readonly lines: readonly (LineFacts & { readonly name: string })[];
  readonly disk: { readonly folder: string; readonly isWritable: boolean; readonly freeBytes: number; readonly totalBytes: number } | null;
  /** LibreOffice's program; null where there is none. */
  readonly pdfProgram: string | null;
  /** Names of Chinese fonts; null where the machine does not tell. */
  readonly fonts: readonly string[] | null;
  /** Names of people with a role whom no platform reaches; null where the platforms were not asked. */
  readonly unreachable: readonly string[] | null;
  /** Seats of plans and duty room that nobody holds, as people call them. */
  readonly emptySeats: readonly string[];
}

/** `fault` has to be mended, `note` should be known. */
export interface Finding {
  readonly id: string;
  readonly is: 'good' | 'note' | 'fault';
  readonly zh: string;
  /** What to do; empty where all is well. */
  readonly mend: string;
}

const CLOCK_OFF_MS = 2_000;
const SLOW_MS = 200;
const DEAF_MS = 90_000;
const GIB = 2 ** 30;
/** GB/T 9704 is set in these; without them LibreOffice takes others. */
const PAPER_FONTS = ['仿宋', 'FangSong', '小标宋', '黑体', 'SimHei', '楷体', 'KaiTi'];

/** In a fixed order; may run at any time. */
export function findings(facts: Facts): readonly Finding[] {
  return [
    ...[database(facts), clock(facts), ...redis(facts), zone(facts), year(facts), roster(facts), seats(facts)],
    ...[...accounts(facts), ...lines(facts), disk(facts), pdf(facts), fonts(facts)],
  ];
}

const good = (id: string, zh: string): Finding => ({ id, is: 'good', zh, mend: '' });
const note = (id: string, zh: string, mend: string): Finding => ({ id, is: 'note', zh, mend });
const fault = (id: string, zh: string, mend: string): Finding => ({ id, is: 'fault', zh, mend });

function database({ database: found }: Facts): Finding {
  if (found === null) return fault('database', '数据库没有答复', '请核对 FENGHUO_DATABASE_URL 和数据库服务；内置数据库请看日志');
  const major = Number.parseInt(found.version, 10);
  const told = `PostgreSQL ${found.version}，${(found.bytes / 2 ** 20).toFixed(0)} MB，答复用时 ${found.tookMs.toFixed(0)} 毫秒`;
  if (major < 14) return fault('database', told, '请升级到 PostgreSQL 14 以上');
  return found.tookMs > SLOW_MS ? note('database', told, '答复偏慢，请查看磁盘和网络') : good('database', told);
}

function clock({ database: found, wallMs }: Facts): Finding {
  if (found === null) return note('clock', '没有数据库的时间可比', '');
  const off = Math.round(wallMs - found.tookMs / 2 - found.nowMs);
  const told = `本机与数据库的时钟相差 ${(Math.abs(off) / 1000).toFixed(1)} 秒`;
  return Math.abs(off) > CLOCK_OFF_MS ? fault('clock', told, '请在两台机器上启用对时（NTP）') : good('clock', told);
}

function redis({ redisMs }: Facts): readonly Finding[] {
  if (redisMs === null) return [];
  if (redisMs === false) return [fault('redis', 'Redis 没有答复', '请核对 FENGHUO_REDIS_URL 和 Redis 服务')];
  return [good('redis', `Redis 答复用时 ${redisMs.toFixed(0)} 毫秒`)];
}

function zone({ knowsZone }: Facts): Finding {
  return knowsZone
    ? good('zone', '时区 Asia/Shanghai 可用')
    : fault('zone', '这个 Node.js 不认识时区 Asia/Shanghai', '请安装带完整 ICU 数据的 Node.js');
}

function year({ year: wanted }: Facts): Finding {
  if (wanted === null) return good('calendar', '今年和今后六十天的节假日安排已知');
  const when = wanted.daysLeft > 0 ? `，还有 ${wanted.daysLeft} 天` : '';
  const what = wanted.provisional ? '节假日安排是通知发布前的暂定稿' : '没有节假日安排';
  return note('calendar', `${wanted.year} 年${what}${when}`, `请按国务院办公厅通知更新 config/calendars/${wanted.year}.yaml`);
}

function roster({ gaps }: Facts): Finding {
  const [first] = gaps;
  if (first === undefined) return good('roster', '今后七天每班都有值班员和带班领导');
  const days = new Set(gaps.map(({ day }) => day)).size;
  return fault('roster', `今后七天有 ${days} 天缺人，最早 ${first.day}`, '请导入月值班表，或安排换班');
}

function seats({ emptySeats }: Facts): Finding {
  return emptySeats.length === 0
    ? good('seats', '预案和值班室的岗位都有人')
    : fault('seats', `没有人担任：${emptySeats.join('、')}`, '请在通讯录里指定');
}

function accounts({ unreachable: people }: Facts): readonly Finding[] {
  if (people === null) return [];
  if (people.length === 0) return [good('accounts', '有岗位的人都有平台账号')];
  return [note('accounts', `${people.length} 人没有平台账号：${people.slice(0, 10).join('、')}`, '消息发不到他们，请在平台配置里补上账号')];
}

function lines({ lines: all }: Facts): readonly Finding[] {
  return all.map(({ name, ...line }): Finding => {
    const id = `line:${line.id}`;
    if (!line.isHeld) return fault(id, `${name} 的长连接没有进程在维持`, '请看服务是否在运行、凭证是否有效');
    if (line.heardAgoMs === null) return note(id, `${name} 的长连接还没有收到过内容`, '');
    const told = `${name} 的长连接 ${Math.round(line.heardAgoMs / 1000)} 秒前收到过内容`;
    return line.heardAgoMs > DEAF_MS ? fault(id, told, '可能已经断开，程序会自行重连；长时间不恢复请检查出口网络') : good(id, told);
  });
}

function disk({ disk: found }: Facts): Finding {
  if (found === null) return note('disk', '查不到数据目录的磁盘空间', '');
  if (!found.isWritable) return fault('disk', `数据目录 ${found.folder} 不可写`, '请检查权限');
  const told = `数据目录 ${found.folder} 所在磁盘剩余 ${(found.freeBytes / GIB).toFixed(1)} GB`;
  if (found.freeBytes < GIB) return fault('disk', told, '请尽快清理或扩容，写满以后不能接报');
  return found.freeBytes / found.totalBytes < 0.1 ? note('disk', told, '不足一成，请安排扩容') : good('disk', told);
}

function pdf({ pdfProgram }: Facts): Finding {
  return pdfProgram === null
    ? note('pdf', '没有 LibreOffice，公文只能导出 docx', '需要 PDF 时请安装，或用 FENGHUO_PDF_COMMAND 写明位置')
    : good('pdf', `PDF 由 ${pdfProgram} 转换`);
}

function fonts({ fonts: names }: Facts): Finding {
  if (names === null) return note('fonts', '查不到本机字体', '只影响 PDF；需要时请安装 fontconfig');
  const has = names.some((name) => PAPER_FONTS.some((wanted) => name.includes(wanted)));
  if (has) return good('fonts', '公文所用的中文字体已安装');
  return note(
    'fonts',
    names.length === 0 ? '本机没有中文字体' : '没有公文所用的仿宋、黑体、楷体',
    '转出的 PDF 会换用别的字体，请安装后再转',
  );
}
