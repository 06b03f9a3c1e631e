/** In a correction the old value stands beside the new one: 应为50人,不是60人. Only the new one may be read. */

const OLD: readonly RegExp[] = [
  /(?:而?不是|而非|并非|非(?=[\d一二三四五六七八九十]))[^,。;!\n]{1,24}/g,
  /(?:原报|原为|原来(?:写|报)?的?|误报为?|误写为?成?|误为|错写成?|错报成?|错成|写成了?|报成了?|说成了?|打成了?)(?=[^,。;!\n]*[\d一二三四五六七八九十路街县区市])[^,。;!\n]{1,24}?(?=应|更正|改|,|。|;|$)/g,
  /(?:刚才|之前|先前|上一?条|前面)(?:写|报|说|发)的(?:是)?[^,。;!\n]{1,20}?(?=应|更正|改|有误|不对|错)/g,
  /(?:由|从|把|将)[^,。;!\n]{1,20}?(?=更正为|改为|改成|更正成|修改为|调整为|更改为)/g,
];

/** The text with the old values blanked, offsets kept. */
export function withoutOldValues(text: string): string {
  return OLD.reduce((words, pattern) => words.replace(pattern, (old) => '。'.repeat(old.length)), text);
}
