/** Open hours of one weekday: minutes after local midnight, end excluded, 1440 for the end of the day. */
export interface Window {
  open: number;
  close: number;
}

/** When work is done: open windows by weekday in one time zone, less the holidays. */
export interface Calendar {
  name: string;
  /** IANA name. */
  timeZone: string;
  /** Seven lists, Monday first; windows sorted and apart. */
  week: readonly (readonly Window[])[];
  /** Local dates on which nothing is open, as `2026-12-25`. */
  holidays: ReadonlySet<string>;
}
