import type { HeaderLine } from '../mail-headers.ts';

/** A file of a mail. */
export interface MailFile {
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Made anew at each call, so that a mail with many files takes the room of one. */
  bytes: () => Uint8Array;
}

/** A mail that was taken apart, by us or by whoever handed it on. */
export interface Mail {
  /** In the order in which they stand in the mail. */
  headers: readonly HeaderLine[];
  from: { name: string; email: string | null };
  subject: string;
  /** Plain text; what was written in HTML alone, as plain text. */
  text: string;
  /** In the order of the mail. */
  files: readonly MailFile[];
  /** The headers of the mail that this one reports of; null where it is no report. */
  reported: readonly HeaderLine[] | null;
}
