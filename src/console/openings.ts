import type { AccessSettings } from '../config/access.ts';
import { ACCESSES, type Access } from '../kit/access.ts';
import { isOneOf } from '../kit/constant-time.ts';
import type { ConsoleSecret } from './parts.ts';

/** A way into the console, and how far it leads. */
export interface Opening {
  access: Access;
  by: 'password' | 'provider';
  /** What opens it, or what it rests on. Sessions end when it changes. */
  word: string;
}

/** What the page for signing in asks for. */
export type AsksFor = 'password' | 'token' | 'password or token';

/** All ways in: for an admin the password when there is one, else the token; and the provider. */
export function openingsOf(secret: ConsoleSecret, settings: AccessSettings): readonly Opening[] {
  const passwords = passwordsOf(secret, settings);
  const { provider, who } = settings;
  // Without the token in it, whoever can read the config could make up a session.
  const basis = JSON.stringify([secret.token, provider, who]);
  const byProvider =
    provider === null ? [] : ACCESSES.map((access) => ({ access, by: 'provider' as const, word: basis }));
  return [
    ...ACCESSES.flatMap((access) => {
      const word = passwords[access];
      return word === null ? [] : [{ access, by: 'password' as const, word }];
    }),
    ...byProvider,
  ];
}

function passwordsOf(
  { password, token, passwords }: ConsoleSecret,
  settings: Pick<AccessSettings, 'passwords'>,
): Readonly<Record<Access, string | null>> {
  const lesser = settings.passwords === 'all' ? passwords : { agent: null, viewer: null };
  return { viewer: lesser.viewer, agent: lesser.agent, admin: password ?? token };
}

/** What somebody may do who shows a word; null where it opens nothing. All are compared, so that the time tells nothing. */
export function accessBy(shown: string, openings: readonly Opening[]): Access | null {
  const words = openings.filter(({ by }) => by === 'password');
  return words.reduce<Access | null>((found, { access, word }) => (isOneOf(shown, [word]) ? access : found), null);
}

export function askedFor(secret: ConsoleSecret, settings: Pick<AccessSettings, 'passwords'>): AsksFor {
  if (secret.password !== null) return 'password';
  const { agent, viewer } = passwordsOf(secret, settings);
  return agent === null && viewer === null ? 'token' : 'password or token';
}
