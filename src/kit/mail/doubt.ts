import type { HeaderLine } from '../mail-headers.ts';

/**
 * What our own mail server found against the sender of a mail: `dmarc=fail`, or null. Servers put what they find on
 * top, RFC 8601, so that the topmost line is of ours and those below with the same name are too; what a stranger wrote
 * further down counts for nothing.
 */
export function doubtIn(headers: readonly HeaderLine[]): string | null {
  const results = headers.flatMap(([name, value]) => (name.toLowerCase() === 'authentication-results' ? [value] : []));
  const [ours] = results;
  if (ours === undefined) return null;
  const isFailed = results.some((each) => serverOf(each) === serverOf(ours) && /;\s*dmarc\s*=\s*fail\b/i.test(each));
  return isFailed ? 'dmarc=fail' : null;
}

/** What stands first names the server; Microsoft's names none. */
function serverOf(result: string): string {
  const [first = ''] = result.trim().split(/[\s;]/, 1);
  return first.includes('=') ? '' : first.toLowerCase();
}
