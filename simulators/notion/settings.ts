import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Incoming } from './faults.ts';
import type { CallKind } from './call-kind.ts';
import type { Delivery, WebhookEvent } from './webhooks/event.ts';

/** What a workspace pays for. It decides on the rate of requests, on blocks and on the size of files. */
export type Plan = 'free' | 'plus' | 'business' | 'enterprise';

/** What a webhook says. */
export interface Posted extends RequestInit {
  headers: Record<string, string>;
  body: string;
}

/** Posts it, as `fetch` does. */
export type Post = (url: string, init: Posted) => Promise<Response>;

/** What a simulated Notion is told at its start. Everything has the published value as its default. */
export interface Settings {
  /** Where ids, secrets and chances come from: the same seed gives the same ones. */
  seed: number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Lets so many milliseconds pass. A test with a clock of its own passes one that does not wait. */
  wait: (milliseconds: number) => Promise<unknown>;
  plan: Plan;
  workspaceName: string;
  /** Requests of one connection in a window of 60 s; null is what the plan has, 180 or 600 (section 2). */
  requestsPerWindow: number | null;
  /** What all connections share. Neither number is published, only that the wait may exceed a minute (section 2). */
  workspaceLimit: { requests: number; windowSeconds: number } | null;
  /** Some endpoints have a limit of their own in the same window; which, nobody says (section 2). */
  endpointLimits: Partial<Record<CallKind, number>>;
  /** How long an answer takes. Writes to one page that overlap in it conflict (section 6). */
  latencyMs: number;
  /** How times of pages are told: whole minutes, in a direction that is not known [U, section 12]. */
  rounding: 'down' | 'nearest' | 'up';
  /** How long queries go on telling what was before a write [U, section 6]. */
  queryLagMs: number;
  /** The same for searches, which are best effort (section 5). */
  searchLagMs: number;
  /** How many rows one query gives in all its pages (section 2). */
  queryDepth: number;
  /** How often a page of a query is shorter than it was asked for, from 0 to 1 (section 2). */
  shortPageChance: number;
  /** Lifetime blocks of a free workspace with several members (section 2); null is none. */
  blockLimit: number | null;
  /** How long a workspace at its limit may go on (section 2). */
  blockGraceSeconds: number;
  /** Whether a status can be made over the API [U on all plans, section 12]. */
  createsStatus: boolean;
  /** Whether a comment counts as an edit of its page [U, section 12]. */
  commentsEdit: boolean;
  /** Whether blocks that the API writes count as an edit of their page: one report says no [U, section 12]. */
  blocksEdit: boolean;
  post: Post;
  /** How long page and data source events wait for others to be told with them: under a minute (section 8). */
  aggregationMs: number;
  /** What becomes of a webhook's event on its way: lost, doubled, late. */
  deliveries: (event: WebhookEvent) => Delivery;
  /** Divides the waits between a failed delivery and its repetitions, which add up to a day (section 8). */
  webhookSpeed: number;
  /** Says for each request whether something goes wrong with it. */
  faults: (request: Incoming) => Fault | null;
  /** Where files that were uploaded can be read from, for an hour. */
  filesAddress: string;
}

const THIRTY_SECONDS = 30_000;
const THREE_DAYS = 3 * 24 * 3600;

export const DEFAULTS: Settings = {
  seed: 1,
  now: () => Date.now(),
  wait: (milliseconds) => wait(milliseconds),
  plan: 'plus',
  workspaceName: 'Support',
  requestsPerWindow: null,
  workspaceLimit: null,
  endpointLimits: {},
  latencyMs: 0,
  rounding: 'nearest',
  queryLagMs: 0,
  searchLagMs: 0,
  queryDepth: 10_000,
  shortPageChance: 0,
  blockLimit: 1000,
  blockGraceSeconds: THREE_DAYS,
  createsStatus: true,
  commentsEdit: false,
  blocksEdit: false,
  post: (url, init) => fetch(url, init),
  aggregationMs: THIRTY_SECONDS,
  deliveries: () => ({}),
  webhookSpeed: 1,
  faults: () => null,
  filesAddress: 'https://prod-files-secure.s3.us-west-2.amazonaws.com',
};
