/** Words without which a finer rule need not be tried at all: they save the reader time and decide nothing. Data only. */

/** Reach beyond one county. */
const reach = `全国 全省 省内 我省 跨省 个省 多省 省份 省辖市 地级市 设区 地市 城市 个市 个地 跨市 个县 个区 跨县 多县 各县 等地 两地 三地 四地 五地 六地 等市 多地 两县 三县 四县 五县 两区 三区 四区 两市 三市 四市 五市 六市`;
/** Organs above the county, or those who lead them. */
const organ = `总局 国务院 国家 中央领导 省局 省政府 省委 省市场监管局 省市监局 省食安办 省领导 省长 自治区 市监总队 市领导 市局 局领导 主要领导 分管领导 市长 市委 市政府 市食安办 分管`;
/** Coming to an office. */
const came = `跑到 来到 找到 赶到 聚到 涌到 走到 上门到 到所 到局 来所 来局 到我 来我 到咱 来咱 到俺 去所 大厅 窗口 分局 所里 局里 到了 来了 所来 局来 站所 管所 到车 到城`;
/** Somebody reporting of himself. */
const toldBy = `报告 来电 打来 电话 上报 报来 报称 通知我`;
const judged = `判断 分析 怀疑 研判 认定 判定 推测 估计 了解 疑为 疑系 疑是 疑似`;
const reason = `原因 起因 诱因`;
/** Labels of headed reports. */
const label = `时间 日期 地点 地址 场所 位置 单位 主体 商户 企业 商家 区域 属地 事件 事由 原因 起因 情况 经过 概况 内容 问题 诉求 案由 事项 简况 成因 概述 简述 描述 详情 事实 人数 人员 规模 影响 涉及 范围 伤亡 后果 金额 损失 措施 处置 处理 应对 做法 进展 办理 结果 工作 来源 渠道 联系人 联系: 电话 联系方式 手机 来电人 值班 备注 说明 其他 后续 建议 类别 级别`;
/** Words behind which a place may begin; 在 only behind some characters. */
const behind = `位于 地址为 地址是 地址在 地址 地点为 地点是 地点在 地点 前往 来到 走进 光顾 开在 注册地为 注册地是 注册地 在 !存在 !实在 !正在 !现在 !所在地 !在线 !在于 !在建 !在场 !在那 !在处 !在办 !在群 !在网`;

/** With these a time may begin that does not begin with a figure. */
const timeStart = `
  618 半小时 半个 半天 半日 半月 几分 几小时 几个 几天 几日 个把 去年 今年 前年 本月 这个月 上月 上个月 上上 农历 阴历 旧历 正月 腊月 冬月 大年 年初 双十 双1 元旦 五一 劳动节 国庆 十一 六一 三一五 消费者权益日 三八 妇女节 情人节 清明 儿童节 教师节 平安夜 圣诞 跨年夜 春节 除夕 年三十 元宵 端午 七夕 中元 中秋 重阳 腊八 小年
  今天 今日 今儿 今个 今早 今晨 今晚 今夜 今黑 大前天 昨 前天 前日 前晚 前夜 前儿 夜儿 夜个 当晚 当天 当日 当夜 上周 上个周 上星期 上个星期 上礼拜 上个礼拜 本周 本星期 这周 这个周 这星期 这礼拜 这个星期 这个礼拜 周[一二三四五六日天末] 星期 礼拜
  近 最近 日前 这两 这几 这些 连日 前几 前两 前些 前段 前阵 前一阵 这阵 这段 一段时间 连续 连着 入夏 入冬 开春 节后 节前 暑假 寒假 开学 前不久 不久前 凌晨 清晨 大清早 一大早 大早上 一早 早 上午 前晌 前半 中午 正午 晌午 午后 午间 下午 后晌 后半 傍 擦黑 天黑 晚 夜晚 深夜 夜里 夜间 半夜 午夜 天刚亮 天亮 天不亮 黑里 差 刚 方才 适才 就在刚`;

/** How a known matter stands: figures up to now, and what has been settled. */
const standing = `截至 截止 登记到 增加到 升到 累计到 统计到 人数 登记数 投诉数 退款数 住院数`;
const settled = `散 劝离 撤离 离开 走了 出院 恢复 退清 退完 找到 回家 控制 谈妥 化验结果 检测结果 检验结果 检定结果 鉴定结果 抽检结果 复检结果 核查结果 目前现场 现在现场 劝回 劝走 劝返 回去 又有 再有 找着 抓到 抓着 联系上 联系到 回来 露面 到案 投案 自首 同意 答应 愿意 松口 返校 复工 到账 兑付 退款[0123456789一二三四五六七八九十百千两几了]`;

/** A single person. */
const single = `先生 女士 阿姨 大爷 大妈 师傅 有个 有位 一个 姓`;

export const hints = { single, reach, organ, came, toldBy, judged, reason, label, behind, timeStart, standing, settled } as const;
