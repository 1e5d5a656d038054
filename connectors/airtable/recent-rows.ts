import type { StoreMemory } from '../../src/kit/connector.ts';
import { KeptWriter } from './webhooks/wire.ts';

/** Rows that are remembered; one that was forgotten is read again, which costs a request and nothing else. */
const MOST = 20_000;

/** Answers bear their moment in whole seconds, so nothing closer together is told apart. */
const MARGIN = { seconds: 2 };

/** Whoever writes to a base leaves its name there, so that another process knows that it did not write alone. */
function writerOf(base: string): string {
  return `airtable.writer.${base}`;
}

/** What answers of Airtable told of rows in passing: when they were made, and when we last spoke of them. */
export interface RecentRows {
  /** A row in an answer of that moment, by Airtable's clock. */
  note(row: { id: string; createdTime: Temporal.Instant }, at: Temporal.Instant): void;
  createdTime(id: string): Temporal.Instant | null;
  /** Whether we neither read nor wrote the row since a moment of Airtable's, as far as this process can tell. */
  isQuietSince(id: string, at: Temporal.Instant): boolean;
  /** Called before each write. */
  beginWriting(): Promise<void>;
  /** Called after it, with the moment of its answer. */
  wrote(at: Temporal.Instant): void;
  /** Since when nobody but this process has written to the base; null when somebody else may have. */
  writtenAloneSince(): Promise<Temporal.Instant | null>;
}

/** `me` is another name for each process. */
export function createRecentRows(base: string, { memory, me }: { memory: StoreMemory; me: string }): RecentRows {
  const rows = new Map<string, { createdTime: Temporal.Instant; at: Temporal.Instant }>();
  const state: { aloneSince: Temporal.Instant | null } = { aloneSince: null };

  async function isMe(): Promise<boolean> {
    return KeptWriter.parse(await memory.get(writerOf(base))) === me;
  }

  return {
    note({ id, createdTime }, at) {
      rows.delete(id);
      rows.set(id, { createdTime, at });
      if (rows.size > MOST) rows.delete(rows.keys().next().value ?? '');
    },
    createdTime: (id) => rows.get(id)?.createdTime ?? null,
    isQuietSince(id, at) {
      const row = rows.get(id);
      return row === undefined || Temporal.Instant.compare(row.at.add(MARGIN), at) < 0;
    },
    async beginWriting() {
      if (await isMe()) return;
      state.aloneSince = null;
      await memory.set(writerOf(base), me);
    },
    wrote: (at) => void (state.aloneSince ??= at.add(MARGIN)),
    writtenAloneSince: async () => ((await isMe()) ? state.aloneSince : null),
  };
}
