import { bad, type CheckUp, good, warning } from './check-up.ts';

/** In the first days a morning's work says nothing yet about the month. */
const DAYS_BEFORE_A_GUESS = 3;

/** What was asked of the base this month, and what the month allows. */
export interface Spending {
  spent: number;
  allowed: number;
}

/** Whether the month's allowance will do, by what was spent of it so far. Months are those of UTC, as Airtable counts. */
export function checkBudget({ spent, allowed }: Spending, now: Temporal.Instant): CheckUp {
  const at = now.toZonedDateTimeISO('UTC');
  const daysGone = at.since(at.with({ day: 1 }).startOfDay()).total('days');
  const said = `${count(spent)} of ${count(allowed)} requests spent this month`;
  const fix = 'Choose a larger plan, or give the base webhooks with PUBLIC_URL, so that it is asked less often.';
  if (spent >= allowed) {
    return bad('Requests', { message: `${said}: none is left before the month ends.`, fix });
  }
  if (spent === 0 || daysGone < DAYS_BEFORE_A_GUESS) return good('Requests', `${said}.`);
  const ahead = Math.round((spent / daysGone) * at.daysInMonth);
  if (ahead <= allowed) return good('Requests', `${said}; at this pace it will be ${count(ahead)}.`);
  return warning('Requests', { message: `${said}; at this pace it would be ${count(ahead)}.`, fix });
}

function count(requests: number): string {
  return requests.toLocaleString('en-GB');
}
