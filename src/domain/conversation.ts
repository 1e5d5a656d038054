/** Where the requester wrote last, when an answer there reaches them: a chat. Mail needs none: the address is enough. */
export interface Conversation {
  /** The channel of the config over which the answer goes. */
  channel: string;
  /** Whom or where it is posted, in the words of the channel: a room, a number, a chat. */
  to: string;
  /** The thread within it; null where there are none. */
  thread: string | null;
  /** By which later messages of the same conversation are known; null where each stands for itself. */
  name: string | null;
  /** When the requester wrote there last: some systems take an answer only for a while. */
  at: Temporal.Instant;
}
