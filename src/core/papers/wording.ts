/** The element lists of all papers as data of the office (`config/wording/papers.yaml`): nothing here knows a kind. */
import { z } from 'zod';
import { PAPERS, type PaperKind } from '../plans/schema/papers';
import { RECORD_KINDS, type RecordKind } from '../plans/schema/records';

const zh = z.string().min(1);
const key = z.string().regex(/^[a-z][a-z0-9_]*$/);

const element = z.strictObject({
  key: key.describe('要素编号，改稿和比对时用，不重复'),
  heading: zh.describe('要素名称'),
  fill: key.describe('由哪一段程序取数；hand 由人填写'),
  of: zh.optional().describe('取数的对象，如指标、工作记录的种类或栏目；不写则依该程序的缺省'),
  required: z.boolean().default(true).describe('必备要素：没有时写明，不留空'),
  empty: z.enum(['unknown', 'none']).default('unknown').describe('没有时写什么：unknown 正在核实，none 无'),
});

const section = z.strictObject({
  heading: zh.optional().describe('一级标题；不写则接在前文之后'),
  flow: z
    .enum(['sentence', 'paragraph', 'headed'])
    .default('paragraph')
    .describe('sentence 各要素连成一段，paragraph 各占一段，headed 各有小标题'),
  elements: z.array(element).min(1),
});

const kind = z.strictObject({
  title: zh.describe('标题；{事由}、{序号}（一、二）、{期号}（1、2）、{日期} 由程序代入'),
  audience: z
    .enum(['upward', 'outward', 'internal', 'public'])
    .describe('upward 上行文，outward 给其他单位，internal 内部，public 对外公开'),
  to: z
    .enum(['paths', 'record', 'task', 'transfer', 'groups', 'county', 'nobody'])
    .describe(
      '主送：paths 预案报告路线，record 工作记录的对方，task 任务的承办人，transfer 转办的部门，groups 被叫的组和县区，county 事发县区',
    ),
  form: z
    .enum(['document', 'letter', 'bulletin', 'sheet'])
    .default('document')
    .describe('版式：document 公文，letter 函，bulletin 简报、快报，sheet 表单和登记册'),
  masthead: zh.optional().describe('版头；不写则用发文机关名称'),
  issue: zh.optional().describe('简报的期号，{期号} 由程序代入；不写则留空，由应急办编号'),
  record: z
    .enum(Object.keys(RECORD_KINDS) as [RecordKind, ...RecordKind[]])
    .optional()
    .describe('写哪一种工作记录；没有指明哪一号的，取最新的'),
  numbered: z.boolean().default(false).describe('同一事件内连续编号'),
  one_page: z.boolean().default(false).describe('求一页，正文过长时提醒'),
  follows: z.boolean().default(false).describe('报送情况的文书：续报只写上一份报出以后的变化'),
  sections: z.array(section).min(1),
});

/** The whole file. Unknown keys are refused; what the shape alone cannot show is looked at by `wordingFaults`. */
export const paperWordingSchema = z.strictObject({
  unknown: zh.describe('没有核实清楚时写的字'),
  none: zh.describe('没有时写的字'),
  drill: zh.describe('演练文书标题前的字'),
  one_page_lines: z.int().min(1).describe('首页放得下的正文行数，超过时提醒'),
  kinds: z.record(z.enum(Object.keys(PAPERS) as [PaperKind, ...PaperKind[]]), kind),
});

/** The words of all papers, as the office has them. */
export type PaperWording = z.infer<typeof paperWordingSchema>;
/** One kind of paper. */
export type PaperForm = z.infer<typeof kind>;
/** One element of a kind. */
export type PaperElement = z.infer<typeof element>;
