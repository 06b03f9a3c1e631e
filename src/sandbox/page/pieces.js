/** What a message can hold besides words: files, pictures, news, places. Addresses outside this page are links and never fetched. */
import { el } from './dom.js';

const KINDS = { image: '图片', voice: '语音', video: '视频', file: '文件' };
const MANY_BYTES = [
  [1 << 20, 'MB'],
  [1 << 10, 'KB'],
];

/** Files as tiles with name and size; a picture shows itself, as long as it is one. */
export function files(message) {
  return (message.files ?? (message.file ? [message.file] : [])).map((file) => (file.kind === 'image' ? picture(file) : tile(file)));
}

/** The words of a message without the lines that only name its files. */
export function wordsBesideFiles(message) {
  const all = message.files ?? (message.file ? [message.file] : []);
  const twins = new Set(all.map((file) => `[${KINDS[file.kind]}] ${file.name}`));
  return message.text
    .split('\n')
    .filter((line) => !twins.has(line))
    .join('\n')
    .replace(/^\[语音\] /, '');
}

/** News: the first entry large, the others in a row below, as the client draws them. */
export function news(articles) {
  const [first, ...more] = articles;
  if (!first) return null;
  return el(
    'div',
    { class: 'news', dataset: { testid: 'news' } },
    article(first, 'lead'),
    more.map((entry) => article(entry, 'row')),
  );
}

/** A place as a small card. */
export function place({ label, latitude, longitude }) {
  return el(
    'div',
    { class: 'tile place' },
    el('span', { class: 'kind', 'aria-hidden': 'true' }, '位'),
    el('span', { class: 'what' }, el('b', {}, label || '位置'), el('small', {}, `北纬 ${latitude}，东经 ${longitude}`)),
  );
}

/** The name of a picture that stands elsewhere. */
export function pictureName(address) {
  const name = decoded(address.split(/[?#]/)[0].split('/').pop() ?? '');
  return el('span', { class: 'elsewhere', title: address }, `图片 ${name || address}`);
}

function picture(file) {
  const image = el('img', { src: file.url, alt: file.name, loading: 'lazy' });
  const link = el('a', { class: 'shot', href: file.url, target: '_blank', rel: 'noreferrer', dataset: { testid: 'file' } });
  link.append(image, el('small', {}, `${file.name} · ${size(file.bytes)}`));
  image.onerror = () => link.replaceWith(tile(file));
  return link;
}

function tile(file) {
  const mark = file.kind === 'file' ? (/\.([A-Za-z0-9]{1,4})$/.exec(file.name)?.[1] ?? '文').toUpperCase() : KINDS[file.kind][0];
  return el(
    'a',
    { class: `tile ${file.kind}`, href: file.url, target: '_blank', rel: 'noreferrer', dataset: { testid: 'file' } },
    el('span', { class: 'kind', 'aria-hidden': 'true' }, mark),
    el('span', { class: 'what' }, el('b', {}, file.name), el('small', {}, `${KINDS[file.kind]} · ${size(file.bytes)}`)),
  );
}

function article({ title, description, url, picture: image }, look) {
  const inside = [
    el('span', { class: 'what' }, el('b', {}, title), description ? el('small', {}, description) : null),
    image ? pictureName(image) : null,
  ];
  if (!/^https?:\/\//.test(url)) return el('div', { class: look }, ...inside);
  return el('a', { class: look, href: url, target: '_blank', rel: 'noreferrer' }, ...inside);
}

function size(bytes) {
  const [unit, name] = MANY_BYTES.find(([least]) => bytes >= least) ?? [1, '字节'];
  const many = bytes / unit;
  return `${many >= 10 || unit === 1 ? Math.round(many) : many.toFixed(1)} ${name}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
