/** Tells the time. The only way to it outside `main.ts`, so that tests and trials can set it. */
export type Now = () => Temporal.Instant;
