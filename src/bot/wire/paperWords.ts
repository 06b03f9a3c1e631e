/** What is said where a file cannot be sent. */
import { neutralisePlain } from './neutralise';

/** One line that names the paper, for text and markdown alike. */
export function paperWords(name: string): string {
  const shown = neutralisePlain(name, 'person')
    .replace(/[*_~`|#\\$![\]]/g, ' ')
    .trim();
  return `文件“${[...shown].slice(0, 80).join('')}”无法在此发送，请登录查阅`;
}
