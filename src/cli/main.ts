/** The command line: `fenghuo <command>`; exit 0 good, 1 refused or faults found, 2 wrong usage. */
import { readFileSync } from 'node:fs';

const USAGE = `用法：fenghuo <命令>
  start                     启动服务（没有正式平台配置时启动演示）
  parse [文件] [--jsonl]    解析报告，一行一条；--jsonl 时每行为 {"id","text","now"}
  plan lint|show|simulate|schema  检查、查看、模拟预案；输入 plan 看用法
  doctor [--json]           自检：数据库、时钟、节假日、值班表、平台连接、磁盘、PDF 和字体，逐项说明怎样处理
  verify [事件编号] [--json] 校验事件、值班和台账的记录链，指出第一处改动；--bundle <文件.zip> 核验证据包
  export <事件编号> --out <文件.zip>  导出一起事件的证据包
  backup <文件>             备份整个数据库，服务运行时也可以
  restore <文件>            恢复到空的数据目录或空的数据库，须先停止服务
  paper check|render        检查公文模板、把公文排成 docx 或 PDF；输入 paper 看用法
  roster import|check       导入月值班表（xlsx 或粘贴的文字）、检查值班表缺人；输入 roster 看用法
  admin link <人员编号>      生成一次性登录链接，设置密码和动态口令
  sandbox --only [--port N] 只启动模拟平台（企业微信、钉钉、政务钉钉），供任何机器人连接
`;

/** Runs one command and answers its exit code. Each command loads only what it needs. */
export async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  switch (command) {
    case 'start':
      return (await import('../main.js')).serve(process.env);
    case 'parse':
      return parse(rest);
    case 'plan':
      return plans(rest);
    case 'doctor':
      return (await import('./doctor.js')).doctorCommand(rest);
    case 'verify':
      return (await import('./verifyStored.js')).verifyStored(rest);
    case 'export':
      return (await import('./export.js')).exportCommand(rest);
    case 'backup':
      return (await import('./backup.js')).backupCommand(rest);
    case 'restore':
      return (await import('./backup.js')).restoreCommand(rest);
    case 'paper':
      return (await import('./paper.js')).paperCommand(rest);
    case 'roster':
      return (await import('./roster.js')).rosterCommand(rest, process.env);
    case 'admin':
      return (await import('./admin.js')).adminCommand(rest, process.env);
    case 'sandbox':
      return (await import('./sandbox.js')).sandboxOnly(rest);
    case 'help':
    case '--help':
      process.stdout.write(USAGE);
      return 0;
    default:
      process.stderr.write(command === undefined ? USAGE : `没有“${command}”这个命令。\n${USAGE}`);
      return 2;
  }
}

async function plans(args: readonly string[]): Promise<number> {
  const [{ plan }, { readSettings }] = await Promise.all([import('./plan.js'), import('../settings.js')]);
  const read = readSettings(process.env);
  if (read.is === 'ok') return plan(args, read.settings.configDir, read.settings.bureau);
  process.stderr.write(`${read.faults.join('\n')}\n`);
  return 1;
}

async function parse(args: readonly string[]): Promise<number> {
  const { parseWithConfig } = await import('./parseWithConfig.js');
  const files = args.filter((a) => !a.startsWith('--'));
  if (files.length > 1) {
    process.stderr.write(USAGE);
    return 2;
  }
  const input = readFileSync(files[0] ?? 0, 'utf8');
  return parseWithConfig(input, args.includes('--jsonl') || args.includes('--json') ? 'jsonl' : 'text');
}
