/** Somebody who works tickets. */
export interface Agent {
  name: string;
  email: string | null;
  /** What other systems know the person by, by the id of the connector. */
  handles: Readonly<Record<string, string>>;
  skills: readonly string[];
  /** Name of the calendar that holds the person's shifts. */
  calendar: string | null;
  /** Spans, end excluded, in which the person is off whatever the calendar says. */
  timeOff: readonly { from: Temporal.Instant; until: Temporal.Instant }[];
  /** How many open tickets the person takes at most; null for no cap. */
  cap: number | null;
  /** Relative share under the method `weighted`; 1 is usual. */
  weight: number;
  away: boolean;
  /** Where people switch the person to away: in the console, or by a tick in a table of the base. */
  switchedIn: 'console' | 'base';
}

/** What routing must know of an agent at the moment of choosing. */
export interface AgentLoad {
  name: string;
  /** Open tickets assigned, hand assignments included. */
  open: number;
  /** When a ticket last came to them. Later for whoever came later, also within one burst: turns depend on it. */
  lastAssignedAt: Temporal.Instant | null;
  /** Switched to away in the base or the console. */
  away: boolean;
}
