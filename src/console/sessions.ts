import { createHash, createHmac, randomBytes } from 'node:crypto';
import { eq, inArray, lte } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { sessions } from '../db/schema.ts';
import type { Access } from '../kit/access.ts';
import type { Now } from '../ports/now.ts';
import type { Password } from './passwords.ts';

/** 256 bits, past any guessing. */
const COOKIE_BYTES = 32;

/** Two weeks of work before the password is asked for again. */
const LIFETIME = { hours: 14 * 24 };

/** Somebody who signed in, at one browser. */
export interface Session {
  id: string;
  /** Every form of the session carries it; a page of somebody else's cannot know it. */
  csrfToken: string;
  /** The name that changes bear; null until it was said. */
  person: string | null;
  access: Access;
  expiresAt: Temporal.Instant;
}

export interface Sessions {
  find(cookie: string): Promise<Session | null>;
  begin(visitor: Pick<Session, 'access' | 'person'>): Promise<{ cookie: string; session: Session }>;
  setPerson(id: string, person: string): Promise<void>;
  end(id: string): Promise<void>;
}

/**
 * Sessions are kept under a digest of their cookie, so that a copy of the database opens no door. The
 * password goes into the digest: whoever changes it signs everybody out who came by it.
 */
export function createSessions(
  queries: Queries,
  { passwords, now }: { passwords: readonly Password[]; now: Now },
): Sessions {
  const idUnder = ({ access, word }: Password, cookie: string): string =>
    createHmac('sha256', keyOf(access, word)).update(cookie).digest('hex');

  return {
    async find(cookie) {
      const ids = passwords.map((password) => idUnder(password, cookie));
      const [session] = await queries.select().from(sessions).where(inArray(sessions.id, ids));
      if (session === undefined || Temporal.Instant.compare(session.expiresAt, now()) <= 0) return null;
      return session;
    },
    async begin({ access, person }) {
      const password = passwords.find((each) => each.access === access);
      if (password === undefined) throw new Error(`Nothing opens the console for a ${access}.`);
      const createdAt = now();
      await queries.delete(sessions).where(lte(sessions.expiresAt, createdAt));
      const cookie = randomBytes(COOKIE_BYTES).toString('base64url');
      const session = {
        id: idUnder(password, cookie),
        csrfToken: randomBytes(COOKIE_BYTES).toString('base64url'),
        person,
        access,
        expiresAt: createdAt.add(LIFETIME),
      };
      await queries.insert(sessions).values({ ...session, createdAt });
      return { cookie, session };
    },
    async setPerson(id, person) {
      await queries.update(sessions).set({ person }).where(eq(sessions.id, id));
    },
    async end(id) {
      await queries.delete(sessions).where(eq(sessions.id, id));
    },
  };
}

/** A password that was an agent's and is now an admin's opens no session that began with the other. */
function keyOf(access: Access, word: string): Buffer {
  const domain = access === 'admin' ? '' : `${access}\0`;
  return createHash('sha256').update(`${domain}${word}`).digest();
}
