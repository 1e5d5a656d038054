import { LineCounter } from 'yaml';
import type { Finding } from './live.ts';

/** What the keys of well-known services look like, and addresses with a password in them. */
const SECRETS: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{16,}/,
  /\bpat[A-Za-z0-9]{14}\.[0-9a-f]{32,}/,
  /\b(?:secret|ntn)_[A-Za-z0-9]{30,}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/,
  /\bgh[oprsu]_[A-Za-z0-9]{30,}/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\b\d{8,10}:AA[A-Za-z0-9_-]{30,}/,
  /\bSG\.[\w-]{20,}\.[\w-]{20,}/,
  /\bwhsec_[A-Za-z0-9+/=]{20,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]+:[^\s@/]+@/i,
];

/** Finds secrets that somebody has written into a file. What it says of them does not repeat them. */
export function secretFindings(file: string, text: string): readonly Finding[] {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return SECRETS.flatMap((pattern) => Array.from(text.matchAll(new RegExp(pattern, `${pattern.flags}g`)))).map(
    ({ index }) => {
      const { line, col } = lines.linePos(index);
      return {
        severity: 'error',
        file,
        line,
        column: col,
        path: '',
        message: 'this looks like a secret, and no secret stands in a file',
        fix: 'Put it into the environment or into .env, write env: and its name here, and have the secret changed.',
      };
    },
  );
}
