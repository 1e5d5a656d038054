import type { LoadedConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import type { attachments } from '../db/schema.ts';
import type { Channels } from '../kit/channels.ts';
import type { Log } from '../kit/log.ts';
import type { MayConnect } from '../kit/public-address.ts';
import type { Now } from '../ports/now.ts';
import type { TicketStore } from '../ports/ticket-store.ts';

/** A file and where it stands on its way. */
export type FileRow = typeof attachments.$inferSelect;

/** What the way of files is made of. */
export interface AttachmentParts {
  connection: Connection;
  store: Pick<TicketStore, 'attach' | 'write' | 'abilities'>;
  channelOf: Channels;
  /** The config in force. */
  config: () => Pick<LoadedConfig, 'channels' | 'policy'>;
  /** The address at which people reach us, without a slash at its end; null when there is none. */
  publicAddress: string | null;
  /** Which addresses files may be fetched from; those of the internet at large when left out. */
  mayConnect?: MayConnect;
  now: Now;
  log: Log;
}

/**
 * Who takes a file has it for so long; a file that is then still taken belonged to a process that died.
 * Longer than fetching or uploading may take.
 */
export const HELD = { minutes: 5 };
