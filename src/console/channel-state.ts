import type { ChannelConfig } from '../config/live.ts';
import type { TurnedAway } from '../inbox/index.ts';
import type { ListenerState } from '../inbox/listeners.ts';
import type { Heard } from './channel-rows.ts';
import { html, type Html } from './markup.ts';

/** What was turned away longer ago is no news, unless nothing came since. */
const LATELY_HOURS = 24;

/** What is known of a channel at the moment. */
export interface ChannelNow {
  channel: ChannelConfig;
  /** Null for a channel that waits to be called. */
  listening: ListenerState | null;
  turnedAway: TurnedAway | null;
  heard: Heard;
}

/** How a channel is, as a list shows it at a glance. */
export type ChannelState = 'paused' | 'needs_secret' | 'no_connection' | 'turned_away' | 'waits' | 'works';

const LOOKS: Readonly<Record<ChannelState, { words: string; look: string }>> = {
  paused: { words: 'Paused', look: '' },
  needs_secret: { words: 'Needs a secret', look: 'td-lost-lost' },
  no_connection: { words: 'No connection', look: 'td-lost-lost' },
  turned_away: { words: 'Turned something away', look: 'td-late' },
  waits: { words: 'Waits for its first request', look: 'td-busy' },
  works: { words: 'Works', look: 'td-open' },
};

export function stateOf({ channel, listening, turnedAway, heard }: ChannelNow, now: Temporal.Instant): ChannelState {
  if (channel.paused) return 'paused';
  if (channel.missingSecrets.length > 0) return 'needs_secret';
  if (listening !== null && listening.problem !== null) return 'no_connection';
  if (isNews(turnedAway, heard, now)) return 'turned_away';
  return heard.hasAny ? 'works' : 'waits';
}

/** What came after it has shown that the door is open again. */
function isNews(turnedAway: TurnedAway | null, { lastAt }: Heard, now: Temporal.Instant): boolean {
  if (turnedAway === null || now.since(turnedAway.at).total('hours') > LATELY_HOURS) return false;
  return lastAt === null || Temporal.Instant.compare(lastAt, turnedAway.at) < 0;
}

/** The state as a small sign; it says in words what its colour says. */
export function stateBadge(state: ChannelState): Html {
  const { words, look } = LOOKS[state];
  return html`<span class="td-lost-state ${look}">${words}</span>`;
}
