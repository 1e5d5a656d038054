import { createHash, createHmac, randomBytes } from 'node:crypto';
import { eq, inArray, lte } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { sessions } from '../db/schema.ts';
import type { Access } from '../kit/access.ts';
import type { Now } from '../ports/now.ts';
import type { Opening } from './openings.ts';

/** 256 bits, past any guessing. */
const COOKIE_BYTES = 32;

/**
 * Two weeks of work before the password is asked for again. The provider is asked every day, since it alone knows who has
 * left, and mostly says so without asking the person.
 */
const LIFETIMES = { password: { hours: 14 * 24 }, provider: { hours: 12 } };

/** Somebody who signed in, at one browser. */
export interface Session {
  id: string;
  /** Every form of the session carries it; a page of somebody else's cannot know it. */
  csrfToken: string;
  /** The name that changes bear; null until it was said. */
  person: string | null;
  access: Access;
  /** How they came: who came by the provider has the name that it says. */
  by: Opening['by'];
  expiresAt: Temporal.Instant;
}

export interface Sessions {
  find(cookie: string): Promise<Session | null>;
  begin(visitor: Pick<Session, 'access' | 'by' | 'person'>): Promise<{ cookie: string; session: Session }>;
  setPerson(id: string, person: string): Promise<void>;
  end(id: string): Promise<void>;
}

/**
 * Sessions are kept under a digest of their cookie, so that a copy of the database opens no door. The
 * password goes into the digest, or the settings of the provider: whoever changes them signs everybody out who came by them.
 */
export function createSessions(
  queries: Queries,
  { openings, now }: { openings(): readonly Opening[]; now: Now },
): Sessions {
  const idUnder = (opening: Opening, cookie: string): string =>
    createHmac('sha256', keyOf(opening)).update(cookie).digest('hex');

  return {
    async find(cookie) {
      const byId = new Map(openings().map((opening) => [idUnder(opening, cookie), opening]));
      const [row] = await queries
        .select()
        .from(sessions)
        .where(inArray(sessions.id, [...byId.keys()]));
      const opening = byId.get(row?.id ?? '');
      if (row === undefined || opening === undefined || Temporal.Instant.compare(row.expiresAt, now()) <= 0)
        return null;
      return { ...row, by: opening.by };
    },
    async begin({ access, by, person }) {
      const opening = openings().find((each) => each.access === access && each.by === by);
      if (opening === undefined) throw new Error(`Nothing opens the console for a ${access} by a ${by}.`);
      const createdAt = now();
      await queries.delete(sessions).where(lte(sessions.expiresAt, createdAt));
      const cookie = randomBytes(COOKIE_BYTES).toString('base64url');
      const session = {
        id: idUnder(opening, cookie),
        csrfToken: randomBytes(COOKIE_BYTES).toString('base64url'),
        person,
        access,
        expiresAt: createdAt.add(LIFETIMES[by]),
      };
      await queries.insert(sessions).values({ ...session, createdAt });
      return { cookie, session: { ...session, by } };
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
function keyOf({ access, by, word }: Opening): Buffer {
  const domain = by === 'provider' ? `provider\0${access}\0` : access === 'admin' ? '' : `${access}\0`;
  return createHash('sha256').update(`${domain}${word}`).digest();
}
