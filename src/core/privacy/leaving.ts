/** Words that leave the bureau's own programs: without numbers by which a person can be reached or known, and without names that can be told. */
import { maskedWords } from './mask';

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const NAME = `(?:欧阳|司马|上官|诸葛|[${SURNAMES}])[\\p{Script=Han}]{1,2}?`;
const LABELS =
  '联系人|报告人|报送人|投诉人|举报人|当事人|负责人|法人|法定代表人|经营者|店主|老板|患者|死者|伤者|姓名|名叫|业主|家长|学生|消费者|市民|居民|群众';
const TITLES = '先生|女士|同志|老师|医生|护士|书记|市长|县长|区长|局长|副局长|处长|科长|主任|所长|队长|经理|老板|师傅';
/** 联系人张某某，: a label ahead and an end behind. */
const LABELLED = new RegExp(`(?<=(?:${LABELS})(?:为|是)?[：:\\s]?)${NAME}(?=[\\s，,。；;、（(0-9反映投诉举报来电话称等]|$)`, 'gu');
const TITLED = new RegExp(`${NAME}(?=${TITLES})`, 'gu');

const DIGIT = '[0-9０-９]';
/** A mobile number written in groups or wide, a number behind a word for telephones, a card or identity number in groups or not. */
const REACHABLE = [
  new RegExp(`(?<!${DIGIT})[1１](?:[ \\-－—.·]?${DIGIT}){10}(?!${DIGIT})`, 'gu'),
  new RegExp(`(?<=(?:电话|手机|号码|联系方式|微信|QQ|致电|拨打)[^0-9０-９，,。；;]{0,4})${DIGIT}(?:[ \\-－—]?${DIGIT}){4,}`, 'giu'),
  new RegExp(`(?<!${DIGIT})${DIGIT}(?:[ \\-－—]?${DIGIT}){13,17}[0-9０-９XxＸｘ](?!${DIGIT})`, 'gu'),
];

/**
 * The words with telephone, card and identity numbers masked and names hidden behind 某: those of the roster, those after a label
 * (联系人、投诉人…) and those before a title (先生、科长…). The surname stays. A name that bears neither cannot be told from other words
 * and stays. Pure, may run twice.
 */
export function maskedToLeave(words: string, roster: readonly string[]): string {
  const numbers = REACHABLE.reduce((all, number) => all.replace(number, '****'), maskedWords(words));
  const known = roster.filter((name) => name.length >= 2).reduce((all, name) => all.replaceAll(name, hidden(name)), numbers);
  return known.replace(LABELLED, hidden).replace(TITLED, hidden);
}

function hidden(name: string): string {
  return `${name.slice(0, 1)}${'某'.repeat(name.length - 1)}`;
}
