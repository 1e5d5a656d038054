import type { StoreAbilities } from '../../src/ports/ticket-store.ts';
import type { NotionSettings } from './settings.ts';

/** Requests that a connection may make in a minute (developers.notion.com, "Request limits"). */
const REQUESTS_PER_MINUTE: Readonly<Record<NotionSettings['plan'], number>> = {
  free: 180,
  plus: 180,
  business: 600,
  enterprise: 600,
};

/**
 * A look for edits costs one of them, so this is little of any plan. Notion's calls come up to a minute late, and some
 * not at all (developers.notion.com/reference/webhooks-events-delivery); no edit is to wait longer for that.
 */
const POLL_SECONDS = { busy: 30, quiet: 60, called: 60 };

/** A row is a request, so a row that changes twice within a minute saves one by waiting. */
const WRITE_DELAY_SECONDS = { awaited: 1, timed: 60, other: 60 };

/** What the plan lets us spend, and how fast. */
export interface Budget {
  requestsPerMinute: number;
  pollSeconds: StoreAbilities['pollSeconds'];
  writeDelaySeconds: StoreAbilities['writeDelaySeconds'];
  /** How long the properties are taken to be as they were, unless an answer says otherwise. */
  schemaSeconds: number;
}

/** What the plan in the settings lets us spend. */
export function budgetOf({ plan }: Pick<NotionSettings, 'plan'>): Budget {
  return {
    requestsPerMinute: REQUESTS_PER_MINUTE[plan],
    pollSeconds: POLL_SECONDS,
    writeDelaySeconds: WRITE_DELAY_SECONDS,
    schemaSeconds: 3600,
  };
}
