/** How the work on a ticket gets on, where escalations ask for it. Null on the ticket while nothing happened yet. */
export interface Progress {
  /** Since when no person moved it on, though it was our turn; null while nobody has. */
  idleSinceAt: Temporal.Instant | null;
  /** How often it left somebody's hands, a person's or a queue's, since the team last answered. */
  ownerChanges: number;
  /** How many messages the requester had written when it was opened again; 0 for one that never was. */
  settledContacts: number;
}
