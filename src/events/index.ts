/**
 * Events out: what happened to tickets, told to other systems that follow them, each at its own pace. What is to be told
 * stands in a table, written with the decision that it tells of.
 */

/** Tells those who follow tickets. */
export interface Events {
  /** Begins to tell whoever has something to hear, and waits for nobody: one who is slow holds up no other. */
  run(): Promise<void>;
  /** The config is another, or we have just begun: what waited for it goes on. */
  follow(): Promise<void>;
  /**
   * Sends a test at once, once, to a subscription that may be switched off as well. Returns whether it was taken.
   * Throws `events.not-found`, `events.no-secret`.
   */
  test(subscription: string): Promise<boolean>;
  /** Sends an event once more, under the same id. Throws `events.not-found`. */
  again(id: string): Promise<void>;
  /** A person stops a subscription: what happens from now on waits. */
  switchOff(subscription: string, by: string): Promise<void>;
  /** A person lets a subscription go on, with what waited or without. */
  switchOn(subscription: string, kept: 'send' | 'leave_out'): Promise<void>;
  /** Settles when nobody is being told any more. */
  rest(): Promise<void>;
  /** Tells nobody any more, and waits a while for what is under way. What is not answered by then is told again. */
  close(): Promise<void>;
}
