import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Incoming } from './faults.ts';

/** Posts a webhook's ping, as `fetch` does. */
export type Ping = (url: string, init: RequestInit) => Promise<Response>;

/** What a simulated Airtable is told at its start. Everything has the published value as its default. */
export interface Settings {
  /** Where ids, secrets and tokens come from: the same seed gives the same ones. */
  seed: number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Lets so many milliseconds pass. A test with a clock of its own passes one that does not wait. */
  wait: (milliseconds: number) => Promise<unknown>;
  /** Requests to one base within a second; the next one is refused and the base pauses (section 2). */
  requestsPerSecond: number;
  /** Requests of one token within a second, over all bases (section 2). */
  tokenRequestsPerSecond: number;
  /** How long a base refuses everything after the first 429 (section 2). */
  penaltySeconds: number;
  /** Calls in a calendar month (UTC); null is no cap. Free has 1,000, Team 100,000 (section 2). */
  monthlyCap: number | null;
  /** How long an answer takes. Two upserts that overlap in it do not see each other (section 3). */
  latencyMs: number;
  /** Free has 1,000, Team 50,000 (section 2). */
  recordsPerBase: number;
  /** 413 exists, its size is not published (section 2): null accepts every body. */
  maxBodyBytes: number | null;
  /** How long a listing waits for its next page. Airtable names no figure (section 3). */
  iteratorIdleSeconds: number;
  /**
   * Whether cells that were filled when the record was made count for LAST_MODIFIED_TIME [U, section 5]. No is
   * the harder answer: who reads only what was modified never sees what a form or another program made.
   */
  creationModifies: boolean;
  /**
   * Whether a locked field is named to who may not write it, where the record is there. That was seen once
   * [R, section 6]; no is the harder answer.
   */
  namesLockedFields: boolean;
  /** `schema.bases:read` lists this many bases at once. */
  basesPerPage: number;
  ping: Ping;
  /** Divides the waits between a failed ping and its repetitions, which add up to a day (section 8). */
  pingSpeed: number;
  /** Says for each request whether something goes wrong with it. */
  faults: (request: Incoming) => Fault | null;
  /** An address that Airtable fails to download an attachment from (section 3, partialSuccess). */
  isBrokenAttachment: (url: string) => boolean;
  /** Where files that were uploaded can be read from, for two hours. */
  filesAddress: string;
}

const TEAM_RECORDS = 50_000;

export const DEFAULTS: Settings = {
  seed: 1,
  now: () => Date.now(),
  wait: (milliseconds) => wait(milliseconds),
  requestsPerSecond: 5,
  tokenRequestsPerSecond: 50,
  penaltySeconds: 30,
  monthlyCap: null,
  latencyMs: 0,
  recordsPerBase: TEAM_RECORDS,
  maxBodyBytes: null,
  iteratorIdleSeconds: 300,
  creationModifies: false,
  namesLockedFields: true,
  basesPerPage: 1000,
  ping: (url, init) => fetch(url, init),
  pingSpeed: 1,
  faults: () => null,
  isBrokenAttachment: () => false,
  filesAddress: 'https://v5.airtableusercontent.com/files',
};
