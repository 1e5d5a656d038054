import { ACCESSES, type Access } from '../kit/access.ts';
import { isOneOf } from '../kit/constant-time.ts';
import type { ConsoleSecret } from './parts.ts';

/** A word that opens the console, and how far. */
export interface Password {
  access: Access;
  word: string;
}

/** What the page for signing in asks for. */
export type AsksFor = 'password' | 'token' | 'password or token';

/** Everything that opens the console: for an admin the password when there is one, else the token. */
export function passwordsOf({ password, token, passwords }: ConsoleSecret): readonly Password[] {
  const words = { ...passwords, admin: password ?? token };
  return ACCESSES.flatMap((access) => {
    const word = words[access] ?? null;
    return word === null ? [] : [{ access, word }];
  });
}

/** What somebody may do who shows a word; null where it opens nothing. All are compared, so that the time tells nothing. */
export function accessBy(shown: string, known: readonly Password[]): Access | null {
  return known.reduce<Access | null>((found, { access, word }) => (isOneOf(shown, [word]) ? access : found), null);
}

export function askedFor({ password, passwords }: ConsoleSecret): AsksFor {
  if (password !== null) return 'password';
  return passwords.agent === null && passwords.viewer === null ? 'token' : 'password or token';
}
