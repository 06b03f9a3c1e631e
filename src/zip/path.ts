/** What a file in an archive may be called, whoever packed it. */

/** Relative, with forward slashes, and no part that leads upward or that a system reads as a drive. */
export function isPlain(path: string): boolean {
  return /^[^/\\:\p{Cc}]+(\/[^/\\:\p{Cc}]+)*$/u.test(path) && !path.split('/').some((part) => part === '.' || part === '..');
}
