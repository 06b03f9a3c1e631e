/** How verbs come out of dictation and hasty fingers, as data: what was written for which word, and which characters sound alike. */

/**
 * What stands for which word of the verb table. `sure` is no word of its own, or means the same, and is taken at once. `unsure` is an
 * everyday word too: it counts only behind `#编号`; elsewhere the bot asks whether the verb was meant.
 */
export interface Heard {
  readonly meant: string;
  readonly sure: string;
  readonly unsure?: string;
}

export const HEARD: readonly Heard[] = [
  {
    meant: '收到',
    sure: '收道 收倒 收导 收稻 收刀 收盗 首到 首道 手到 手道 瘦到 収到 收到啦 收到哦 收到咯 收到哈 收到喽',
    unsure: '受到 守到',
  },
  { meant: '收悉', sure: '收西 收析 首悉', unsure: '收息 受袭' },
  { meant: '明白', sure: '名白 明百 鸣白 明白了 明白啦' },
  { meant: '已阅', sure: '以阅 已悦 一阅 己阅', unsure: '已约' },
  { meant: '知悉', sure: '知西 之悉 知晰 只悉 知析' },
  { meant: '撤回收到', sure: '撤回收道 撤回首到 彻回收到 撒回收到' },
  { meant: '报告', sure: '报高 抱告 暴告 宝告 报稿 報告' },
  { meant: '补充', sure: '不充 补冲 布充 補充 补允' },
  { meant: '更正', sure: '更政 更整 跟正 耕正', unsure: '根正' },
  { meant: '进展', sure: '近展 进斩 尽展 进占 金展 晋展 劲展 進展', unsure: '进站 禁展' },
  { meant: '续报', sure: '续抱 序报 旭报 蓄报 續報', unsure: '徐报' },
  { meant: '核实', sure: '核时 核食 河实 合实 核實', unsure: '合适 何时' },
  { meant: '属实', sure: '数实 属时 树实 屬實', unsure: '鼠食' },
  { meant: '不实', sure: '布实', unsure: '不时 不食' },
  { meant: '研判', sure: '严判 眼判 言判 研叛 研盼', unsure: '宣判' },
  { meant: '定级', sure: '定及 定极 定急 订级 定集 定基 丁级 定級', unsure: '顶级 定机' },
  { meant: '调级', sure: '调及 调极 调急 条级 调級', unsure: '跳级 调集 调机' },
  { meant: '响应级别', sure: '相应级别 响应及别 响应级别调整 向应级别' },
  { meant: '上级确认', sure: '上级却认 上及确认' },
  { meant: '上级接管', sure: '上级结管 上及接管' },
  { meant: '预警', sure: '予警 预井 雨警', unsure: '预紧 遇警' },
  { meant: '预警解除', sure: '予警解除 预警节除' },
  { meant: '代行', sure: '代型 代形', unsure: '带行 待行' },
  { meant: '口头批准', sure: '扣头批准 口头批淮' },
  { meant: '启动', sure: '起动 启洞 企动 启懂 启働 啟動', unsure: '启东 气动' },
  { meant: '关注', sure: '关住 官注 关著' },
  { meant: '转办', sure: '专办 转半 转辦', unsure: '赚办' },
  { meant: '不列入', sure: '不列人 不咧入 不烈入' },
  { meant: '并案', sure: '并按 併案 并暗', unsure: '病案' },
  { meant: '终止', sure: '中止 终只 终址 終止', unsure: '中指 终至 种植' },
  { meant: '事态反复', sure: '事态反覆 势态反复 事太反复' },
  { meant: '归档', sure: '规档 归挡 归当 歸檔', unsure: '柜挡' },
  { meant: '无法到达', sure: '无法道达 无发到达 无法到哒', unsure: '无法达到' },
  { meant: '任务', sure: '任物 认务 仁务 任務', unsure: '人物 刃物' },
  { meant: '完成', sure: '玩成 完城 完程 完成了 万成', unsure: '晚成' },
  { meant: '退回任务', sure: '退回任物 推回任务' },
  { meant: '批示', sure: '批是 皮示 披示 劈示', unsure: '批市' },
  { meant: '反馈', sure: '反愧 返馈 反溃' },
  { meant: '电话', sure: '电画 点话 殿话 電話' },
  { meant: '办结', sure: '办洁 办节 辦結', unsure: '半截 办接' },
  { meant: '签到', sure: '迁到 千到 签道 牵到 前到 签到了 簽到' },
  { meant: '在岗', sure: '再岗 在刚 再岗位 在崗', unsure: '在港' },
  { meant: '日志', sure: '日制 日誌', unsure: '日至 日子' },
  { meant: '换班', sure: '唤班 换斑 环班 換班', unsure: '还班' },
  { meant: '交班', sure: '教班 胶班 交斑' },
  { meant: '接班', sure: '结班 街班 接斑 揭班' },
  { meant: '值班', sure: '直班 职班 植班 值斑', unsure: '指班' },
  { meant: '零报告', sure: '〇报告 0报告 领报告 零抱告 零报高' },
  { meant: '查岗', sure: '察岗 查刚 茶岗', unsure: '插岗' },
  { meant: '台账', sure: '台帐 抬账 臺賬 台涨' },
  { meant: '状态', sure: '状太 壮态 撞态 狀態' },
  { meant: '待办', sure: '代办 带办 待辦' },
  { meant: '列表', sure: '例表 列标 裂表 烈表' },
  { meant: '帮助', sure: '帮住 邦助 帮主 帮组 棒助 幫助 help 怎么用 使用说明' },
  { meant: '确认', sure: '却认 确任 雀认 確認', unsure: '缺人' },
];

/** Characters that sound the same, or nearly; a group a word. Taking one for another weighs little when the nearest verb is looked for. */
export const SOUND_ALIKE =
  '收首手受守瘦熟兽 到道倒导稻刀盗达 级及极集急机季基即疾计记技激籍给 定订顶丁盯钉 调条跳掉吊 启起企气齐奇器 动懂东洞冬董 终中种钟重众 止指只址至志制治植知之支值直职 进近尽金晋紧今禁 展站占斩战沾 任人认仁忍 务物误无屋五雾 完玩晚万碗 成城程承诚称 核合何河和荷 实时是食石示事市式 属数鼠树熟书 不布步部补 更根跟耕 正政整证郑争 充冲虫 报抱暴包保宝 告高稿搞 确却雀缺 认人任 帮邦棒绑 助主住组注祝 状壮撞装 态太泰 列裂烈例 表标彪 待代带戴 办半班般伴 批皮披劈 反返翻饭 馈愧溃亏 电点店垫 话画花化 结接节截街洁解 签前千迁牵钱 在再载 岗刚港钢 换唤环还欢 交教胶叫较 查察插茶 零另领灵玲 台抬太 账帐涨张长 转专赚传 归规柜贵 档挡当党 关官观管 研严言眼颜 判盼叛 预遇雨欲予玉 警井景紧惊 解姐戒 除出初 口扣 头投 准淮 行形型 并病饼 案按暗岸 复覆付富 退推腿 回会灰 督都毒 到达大答';

/** What people say in front of a verb out of courtesy, or to call the bot. */
export const COURTESY = [
  '麻烦',
  '劳驾',
  '烦请',
  '有劳',
  '请你',
  '请您',
  '请帮我',
  '请帮忙',
  '帮我',
  '帮忙',
  '请',
  '机器人',
  '烽火机器人',
  '小烽',
  '烽火',
  '你好',
  '您好',
];

/** What may stand behind a verb and means nothing. */
export const TAILS = ['吧', '啊', '呀', '哈', '一下', '下'];
