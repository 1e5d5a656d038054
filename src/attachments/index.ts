/**
 * Files that come with messages get to the people: fetched at once where the sender gave a link, because such
 * links die; put into the row where the base takes files, named there by an address where it does not; and
 * shown in the console. The table says what is to be done, so that a crash loses nothing.
 */

/** What a run did. */
export interface Moved {
  /** Brought here from a sender's link. */
  fetched: number;
  /** Put into a row. */
  attached: number;
  /** Named in a row by an address. */
  linked: number;
  /** Could not be had, and the row says so. */
  failed: number;
  /** Failed for now; tried again later. */
  putOff: number;
}

/** A file to be handed to somebody. */
export interface OpenFile {
  name: string;
  /** Bytes, as they were counted when the file came. */
  size: number;
  bytes: AsyncIterable<Uint8Array>;
}

/** What was found of a file: all of it; only that there was one; or nothing. */
export type Opened = { kind: 'found'; file: OpenFile } | { kind: 'gone'; name: string } | { kind: 'unknown' };

/** The way of files to the people. */
export interface Attachments {
  /** Fetches what is to be fetched, and tells the base of what it has not. */
  run(): Promise<Moved>;
  /** A file by its id; with a token only when it is the file's own. */
  open(id: string, shown?: { token: string }): Promise<Opened>;
}
