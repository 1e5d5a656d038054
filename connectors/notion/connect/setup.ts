import { Problem } from '../../../src/domain/problem.ts';
import type { ConnectGiven } from '../../../src/kit/connect.ts';
import { type Client, createClient } from '../client.ts';
import { createPace } from '../pace.ts';
import { budgetOf } from '../plan.ts';
import { isBlockLimit, isRestricted } from '../problems.ts';
import { Myself } from '../wire.ts';

/** Where connections are made and changed. */
export const CONNECTIONS_PAGE = 'https://www.notion.so/profile/integrations';

/** How long one request may take, in seconds: as long as Notion itself goes on with one. */
const TIMEOUT_SECONDS = 60;

/** What Notion is asked with before there is a store. */
export function openSetup(
  { environment, now, pause }: Pick<ConnectGiven, 'environment' | 'now' | 'pause'>,
  token: string,
): Client {
  // What a person connects by hand is no part of what a month is reckoned by.
  const meter = { spend: () => undefined, spentThisMonth: () => 0 };
  const { requestsPerMinute } = budgetOf({ plan: 'free' });
  const pace = createPace({ now, pause }, requestsPerMinute);
  return createClient(
    { timeoutSeconds: TIMEOUT_SECONDS },
    { environment: { ...environment, NOTION_TOKEN: token }, meter, pause, pace },
  );
}

/** Needs no capability, so it tells whether the token is known at all. */
export async function whoami(client: Client): Promise<Myself> {
  return (await client.ask({ method: 'get', path: 'users/me', shape: Myself, isRepeatable: true })).value;
}

/**
 * Says which capability is missing: nothing else is refused like this, but for the blocks of the plan.
 *
 * @throws Problem `notion.capability-missing`
 */
export async function explained<Answer>(
  wanted: string,
  capability: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!isRestricted(error) || isBlockLimit(error)) throw error;
    throw new Problem({
      code: 'notion.capability-missing',
      message: `The connection may not ${wanted} (403).`,
      fix: `Open ${CONNECTIONS_PAGE}, choose the connection, tick "${capability}" under "Capabilities", and save.`,
    });
  }
}
