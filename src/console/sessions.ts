import { createHash, createHmac, randomBytes } from 'node:crypto';
import { eq, lte } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { sessions } from '../db/schema.ts';
import type { Now } from '../ports/now.ts';

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
  expiresAt: Temporal.Instant;
}

export interface Sessions {
  find(cookie: string): Promise<Session | null>;
  begin(person: string | null): Promise<{ cookie: string; session: Session }>;
  setPerson(id: string, person: string): Promise<void>;
  end(id: string): Promise<void>;
}

/**
 * Sessions are kept under a digest of their cookie, so that a copy of the database opens no door. The
 * secret goes into the digest: whoever changes the password signs everybody out.
 */
export function createSessions(queries: Queries, given: { secret: string; now: Now }): Sessions {
  const key = createHash('sha256').update(given.secret).digest();
  const idOf = (cookie: string): string => createHmac('sha256', key).update(cookie).digest('hex');

  return {
    async find(cookie) {
      const [session] = await queries
        .select()
        .from(sessions)
        .where(eq(sessions.id, idOf(cookie)));
      if (session === undefined || Temporal.Instant.compare(session.expiresAt, given.now()) <= 0) return null;
      return session;
    },
    async begin(person) {
      const now = given.now();
      await queries.delete(sessions).where(lte(sessions.expiresAt, now));
      const cookie = randomBytes(COOKIE_BYTES).toString('base64url');
      const session = {
        id: idOf(cookie),
        csrfToken: randomBytes(COOKIE_BYTES).toString('base64url'),
        person,
        expiresAt: now.add(LIFETIME),
      };
      await queries.insert(sessions).values({ ...session, createdAt: now });
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
