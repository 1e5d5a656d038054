import type { Policy } from '../decide/policy.ts';
import type { Now } from '../ports/now.ts';

/** A simulated base with nothing in it, behind a port of this machine. It lives as long as this process. */
export interface SimulatedBase {
  /** By which a store finds it. */
  variables: Readonly<Record<string, string>>;
  /** How long it takes to write so many days of history at the pace that the vendor allows. */
  timeToWrite(days: number): Temporal.DurationLike;
  /** The story is over: from now on the base goes by this clock, and has its limit. */
  open(now: Now): void;
  /** How to be one of the team in the base; `settings` are those of the store that was connected to it. */
  visit(settings: Readonly<Record<string, unknown>>): Visit;
  close(): Promise<void>;
}

/** How somebody works in the base without the vendor's pages: by its API, which a person's token opens too. */
export interface Visit {
  /** What the vendor calls what it holds: "The base is a simulated Airtable". */
  what: string;
  vendor: string;
  /** Who that is. */
  name: string;
  /** When what they do is seen. */
  seen: string;
  /** Lines for a shell that say who asks, and where. */
  opening: readonly string[];
  /** One that shows three rows. */
  look: string;
  /** One that puts a ticket on hold, one that answers its customer, one that types a row. */
  work: readonly string[];
}

export interface SimulatedGiven {
  policy: Policy;
  now: Now;
}
