/** Short names of the provinces, as they stand in the names of media and in addresses. */
export const PROVINCES: readonly string[] =
  '河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 广西 内蒙古 西藏 宁夏 新疆 北京 天津 上海 重庆'.split(
    ' ',
  );
