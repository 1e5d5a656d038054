import type { Owed } from './compare.ts';

/** Rounds that are being sent, no two of which have a ticket in common. */
export interface Rounds {
  /** Keys of the tickets that are on their way; of those whose round failed, too: nobody tries at once again. */
  busy: ReadonlySet<string>;
  /** Waits until another may begin. False when none may, for one has failed. */
  haveRoom(): Promise<boolean>;
  begin(owed: readonly Owed[], send: (owed: readonly Owed[]) => Promise<void>): void;
  /** Waits for the next to end. False when there is none. */
  anyEnds(): Promise<boolean>;
  /** Throws what the first that failed has thrown. */
  allEnd(): Promise<void>;
}

/** At most so many at once. */
export function createRounds(most: number): Rounds {
  const busy = new Set<string>();
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  return {
    busy,
    async haveRoom() {
      if (running.size >= most) await Promise.race(running);
      return failures.length === 0;
    },
    begin(owed, send) {
      if (owed.length === 0) return;
      for (const { row } of owed) busy.add(row.key);
      const round = send(owed)
        .then(() => owed.forEach(({ row }) => busy.delete(row.key)))
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(round));
      running.add(round);
    },
    async anyEnds() {
      if (running.size === 0) return false;
      await Promise.race(running);
      return true;
    },
    async allEnd() {
      await Promise.all(running);
      if (failures.length > 0) throw failures[0];
    },
  };
}
