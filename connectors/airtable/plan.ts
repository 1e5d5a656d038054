import type { StoreAbilities } from '../../src/ports/ticket-store.ts';
import type { AirtableSettings } from './settings.ts';

/**
 * Calls that a workspace may make in a month, from Airtable's support page "Managing API call limits"; null
 * for no limit.
 */
const REQUESTS_PER_MONTH: Readonly<Record<AirtableSettings['plan'], number | null>> = {
  free: 1000,
  team: 100_000,
  business: null,
  enterprise: null,
};

/** Records that a base may have, from Airtable's page of plans. */
const RECORDS_PER_BASE: Readonly<Record<AirtableSettings['plan'], number>> = {
  free: 1000,
  team: 50_000,
  business: 125_000,
  enterprise: 500_000,
};

/** Hours of a month in which somebody works, and in which nobody does: 22 days of ten hours, and the rest. */
const BUSY_SECONDS = 220 * 3600;
const QUIET_SECONDS = 510 * 3600;

/** What asking for edits may take of a month's allowance; the rest is for writing. */
const BUSY_SHARE = 0.35;
const QUIET_SHARE = 0.1;

/** No plan needs to be asked more often for people to see their edits taken over. */
const FASTEST = { busy: 10, quiet: 60 };

/** Below so many calls a month each one counts more than that a figure is fresh. */
const SCARCE = 5000;

/** What the plan lets us spend, and how fast. */
export interface Budget {
  requestsPerMonth: number | null;
  recordsPerBase: number;
  pollSeconds: StoreAbilities['pollSeconds'];
  writeDelaySeconds: StoreAbilities['writeDelaySeconds'];
  /** How long the base's columns are taken to be as they were, unless an answer says otherwise. */
  schemaSeconds: number;
}

/** What the plan in the settings lets us spend. */
export function budgetOf({ plan, requestsPerMonth: own }: Pick<AirtableSettings, 'plan' | 'requestsPerMonth'>): Budget {
  const allowance = own ?? REQUESTS_PER_MONTH[plan];
  const isScarce = allowance !== null && allowance < SCARCE;
  return {
    requestsPerMonth: allowance,
    recordsPerBase: RECORDS_PER_BASE[plan],
    pollSeconds: pollSecondsFor(allowance),
    writeDelaySeconds: isScarce ? { awaited: 5, other: 600 } : { awaited: 1.5, other: 45 },
    schemaSeconds: isScarce ? 24 * 3600 : 3600,
  };
}

function pollSecondsFor(allowance: number | null): Budget['pollSeconds'] {
  if (allowance === null) return FASTEST;
  return {
    busy: Math.max(FASTEST.busy, Math.ceil(BUSY_SECONDS / (allowance * BUSY_SHARE))),
    quiet: Math.max(FASTEST.quiet, Math.ceil(QUIET_SECONDS / (allowance * QUIET_SHARE))),
  };
}
