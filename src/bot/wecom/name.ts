/** What people call this platform; by itself, because an office on another one loads no more of it than this. */
export const ZH = '企业微信';
