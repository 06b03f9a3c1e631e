/** `fenghuo plan …`: what an office that writes plans asks of the program before it starts with them. */
import { join, resolve } from 'node:path';
import { lintPlans } from '../config/lintPlans';
import { findPack } from '../config/planFiles';
import { SCHEMAS, schemaText } from '../config/planSchemas';
import { planText } from '../core/plans/planText';
import { sentencesOf } from '../wiring/faults';
import { planSimulate } from './planSimulate';

const USAGE = `用法：fenghuo plan <命令>
  lint [目录] [--json]      检查预案包、时限档案和文书要素，缺省为配置目录；有错时逐条列出文件、行和一句话
  show <预案编号或目录> [--json]  看一个预案：级别、权限、工作组和任务、时限、文书，逐条注明条款
  simulate <预案编号或目录> --level 级别  逐分钟列出无人回复时发给谁什么；输入 plan simulate 看用法
  schema [pack|profile|papers]  预案包、时限档案或文书要素的 JSON Schema，供编辑器提示
`;

/** 0 good, 1 faults found, 2 wrong usage. `configDir` is the office's config folder, `bureau` the folder of its people and rooms. */
export function plan(args: readonly string[], configDir: string, bureau: string = join(configDir, 'sample-bureau')): number {
  if (args[0] === 'simulate') return planSimulate(args.slice(1), { configDir, bureau, now: Date.now() });
  const json = args.includes('--json');
  const [command, target, ...more] = args.filter((arg) => arg !== '--json');
  if (more.length > 0 || args.some((arg) => arg.startsWith('--') && arg !== '--json')) return usage();
  switch (command) {
    case 'lint':
      return lint(resolve(target ?? configDir), json);
    case 'show':
      return target === undefined ? usage() : show(target, configDir, json);
    case 'schema':
      return schema(target ?? 'pack');
    default:
      return usage();
  }
}

function lint(dir: string, json: boolean): number {
  const { files, faults } = lintPlans(dir);
  if (json) process.stdout.write(`${JSON.stringify({ ok: faults.length === 0, files, faults }, null, 2)}\n`);
  else if (faults.length > 0) process.stdout.write(`${sentencesOf(faults).join('\n')}\n共 ${faults.length} 处错误。\n`);
  else process.stdout.write(`${files.join('\n')}\n没有错误。\n`);
  return faults.length === 0 ? 0 : 1;
}

function show(target: string, configDir: string, json: boolean): number {
  const found = findPack(target, configDir);
  if (found.is === 'faults') {
    process.stderr.write(`${sentencesOf(found.faults).join('\n')}\n`);
    return 1;
  }
  process.stdout.write(json ? `${JSON.stringify(found.pack, null, 2)}\n` : planText(found.pack, found.profile));
  return 0;
}

function schema(name: string): number {
  if (name !== 'pack' && name !== 'profile' && name !== 'papers') return usage();
  process.stdout.write(schemaText(SCHEMAS[name].schema));
  return 0;
}

function usage(): number {
  process.stderr.write(USAGE);
  return 2;
}
