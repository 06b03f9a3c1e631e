/** Whether a message only says that somebody has taken note, or is on his way. */

/** 收到, 明白, 收悉: an office may say them of itself (玉山县局已收悉). */
const TAKEN =
  '收到|收悉|明白|知悉|知晓|知到了?|知道[了啦嘞咯]?|晓得[了啦]?|清楚了?|了解了?|已阅|阅知|悉知|敬悉|签收|看到了|看到(?=$|[。!~])|记下了?|听到了';
const NOTED = `${TAKEN}|好[的嘞滴吧咧嘛哒呀啦了]?|阅(?:悉|示)?|ok|okay|okk|嗯+|哦+|噢|是的?|遵命|遵照(?:执行|办理)?|照办|没问题|行[啊吧嘞]?|可以|得嘞|妥|要得|谢谢|感谢(?:提醒)?|辛苦了?|\\[[^\\]]{1,4}\\]|\\p{Extended_Pictographic}+|同意|批准|记住了?|懂了?|了然|领会|roger|copy|yes|get`;
const WILL =
  '马上|这就|立即|立刻|即刻|现在就|我(?:马上|这就|来|去|们马上|们这就|们来|们去|跟|通知)|正在?(?:赶|去|路上|往)|在路上|已(?:安排|转|通知|派)|按(?:要求|程序|领导|指示|规矩|预案|规定)|(?:将|会)按|抓紧|尽快|随时|保持联系|已派|一定|坚决|落实|照此|严格';
const OFFICE =
  '(?:[\\u4e00-\\u9fff]{1,8}(?:局|科|处|所|队|办|股|中心|分局|支队|值班室?|这边|这里|主任|长|总|组|姐|哥|工)(?:的?批示|指示)?(?:都|均|也|全)?|我(?:这边|们|所|局|科)|[\\u4e00-\\u9fff]{2,3})[ \\n]?(?:都|均|也|全部)?(?:已经|已|己)?';
const ENDED = `$|[你贵](?:局|们|所|单位)|[,。!~ \\n、@;:]|${WILL}|领导|[\\u4e00-\\u9fff]{1,3}(?:局|科|处|所|主任|长|总|组)(?:$|[,。!~ \\n])`;
const ACK = new RegExp(
  `^(?:(?:${OFFICE})(?:${TAKEN})|已(?:${TAKEN})|${NOTED}|中(?=$|[,。!~ \\n]))(?:了|哈|啊|呀|哦|咯|嘞|的)?(?=${ENDED}|${NOTED})|^(?:\\+?[1236]|可|收)[ \\n!。]*$`,
  'iu',
);
/** 马上办, 在路上了: not a word of noting, but nothing else either. */
const SETTING_OUT =
  /^(?:我们?|所里|局里|这边)?(?:马上|这就|立即|立刻|即刻|现在就|正在)(?:办|去|到|来|安排|落实|核实|处理|联系|过去|组织|赶|出发|动身|查|往|上报|报|转|派|打)[^,。\d]{0,16}(?:$|[,。!~])|^(?:已|正)?(?:在路上|出发|动身)了?(?:$|[,。!~])/;
/** No acknowledgement tells of these. */
const NEWS =
  /(?:接到|收到)[^,。]{0,12}(?:投诉|举报|反映|报告|转|线索|来电|工单)|投诉人|举报称|反映称|中毒|聚集|受伤|曝光|发生|起火|死亡|呕吐|\d{2,}[余多]?[人名件元户]|收到(?:[\d一二三四五六七八九十]+|一|几|多|消费者|群众|市|省|县|转|其|该)|收到[^,。]{2,30}(?:投诉|反映|举报)/;
const LONGEST = 70;

/** True for a short text that begins with a word of noting, or of setting out, and brings no news of its own. */
export function isAck(said: string): boolean {
  return said.length <= LONGEST && (ACK.test(said) || SETTING_OUT.test(said)) && !NEWS.test(said);
}
