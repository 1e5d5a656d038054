import type { ChannelConfig } from '../config/live.ts';
import type { Policy } from '../decide/policy.ts';
import { ticketName } from '../domain/ticket.ts';
import type { ChannelSetUp } from '../kit/channel-set-up.ts';
import { type Here, nearMoment } from './badges.ts';
import type { ChannelRequest } from './channel-rows.ts';
import type { Trial, Way } from './channel-trials.ts';
import { hiddenFields } from './form-parts.ts';
import { icon } from './icons.ts';
import { inlineMarkdown } from './markdown.ts';
import { type Fill, html, type Html } from './markup.ts';
import { problemWords } from './words.ts';

export interface TrialView {
  channel: ChannelConfig;
  setUp: ChannelSetUp | null;
  /** Whether we can make a request as its sender would. */
  canSend: boolean;
  listens: boolean;
  trial: Trial | null;
  /** What became of the test, as far as it arrived. */
  arrived: ChannelRequest | null;
  /** Whether there is an address at which senders reach us. */
  isPublic: boolean;
  desk: Policy['desk'];
  csrfToken: string;
  now: Temporal.Instant;
}

/** A test from here, then one from the other side. */
export function trialCard(view: TrialView): Html {
  const { channel, canSend, setUp, csrfToken } = view;
  const carried = hiddenFields({ _csrf: csrfToken });
  return html`<section class="card" id="test" aria-labelledby="test-title">
    <h2 class="td-card-title" id="test-title">Try it</h2>
    ${
      canSend
        ? html`<form method="post" action="/channels/${channel.name}/test">
            ${carried}<button class="btn btn-primary" type="submit">Send a test</button>
            <span class="form-hint"
              >A request as the sender would make it, through the same door. It makes a ticket that is tagged
              <code>test</code>.</span
            >
          </form>`
        : html`<p>${whyNot(view)}</p>`
    }
    ${view.trial === null ? null : steps(view, view.trial)}
    ${setUp === null || isClosed(view) ? null : html`<p>${canSend ? 'Then from the other side: ' : null}${inlineMarkdown(setUp.tryIt)}</p>`}
  </section>`;
}

/** While it is closed, nothing comes from the other side either. */
function isClosed({ channel, listens }: TrialView): boolean {
  return channel.paused || channel.secrets === null || (listens && channel.missingSecrets.length > 0);
}

function whyNot(view: TrialView): string {
  if (view.channel.paused) return 'It is paused, so that nothing can be tried.';
  if (isClosed(view)) return 'Once its secret is set, it can be tried.';
  if (view.listens) return 'It fetches what comes, so that a test comes from the other side. This page watches for it.';
  return 'Only its sender can make a request that is believed. This page watches for it.';
}

function steps(view: TrialView, trial: Trial): Html {
  const { arrived, now, desk } = view;
  const here: Here = { now, timeZone: desk.timeZone };
  return html`<ol class="td-trial" aria-label="The last test">
    ${trial.ways.map((way) => wayStep(way, { trial, view }))}
    ${arrived === null ? refusalStep(trial) : arrivalSteps(arrived, view)}
    <li class="td-trial-when"><span>Sent ${nearMoment(trial.at, here)}.</span></li>
  </ol>`;
}

type Tone = 'good' | 'bad' | 'open';
const SIGNS = { good: 'check', bad: 'alert', open: 'clock' } as const;

function step(tone: Tone, words: Fill): Html {
  return html`<li class="td-trial-${tone}">${icon(SIGNS[tone])}<span>${words}</span></li>`;
}

/** Whether the address leads to us. Refusals of ours came from the door, so that it does. */
function wayStep({ address, answer, isPublic }: Way, { trial, view }: { trial: Trial; view: TrialView }): Html {
  const place = html`<code>${address}</code>`;
  if ('failure' in answer) return step('bad', html`${place} is not reached: ${answer.failure}.`);
  const { status, location } = answer;
  if (status >= 300 && status < 400 && trial.id === null) {
    return step('bad', html`${place} leads elsewhere (${status}), to <code>${location ?? 'nowhere'}</code>.`);
  }
  const isOurs = trial.id !== null || trial.refusal !== null;
  if (!isOurs) return step('bad', html`${place} answered ${status}, and it was not this Tabledesk.`);
  const proves = isPublic
    ? null
    : view.isPublic
      ? ' from this machine alone.'
      : ' from this machine. PUBLIC_URL is not set, so whether senders reach it was not tried.';
  return step('good', html`${place} is reached${proves ?? '.'}`);
}

function refusalStep({ refusal }: Trial): Html | null {
  return refusal === null ? null : step('bad', html`Turned away. ${refusal}`);
}

function arrivalSteps(arrived: ChannelRequest, view: TrialView): readonly Html[] {
  const { ticket, state, problem } = arrived;
  const taken = step('good', 'Believed, and on disk.');
  if (state === 'waiting') return [taken, step('open', 'It is being read…')];
  if (ticket === null) {
    return [taken, step('bad', html`Read, and no ticket: ${problem === null ? '' : problemWords(problem)}`)];
  }
  const link = html`<a href="/tickets/${ticket.number}">${ticketName(view.desk.prefix, ticket.number)}</a>`;
  return [taken, step('good', html`Read, and a ticket: ${link}. ${closing(arrived, view)}`)];
}

function closing({ id, ticket }: ChannelRequest, { channel, csrfToken }: TrialView): Html | null {
  if (ticket === null || !ticket.isOpen) return null;
  return html`<form class="td-inline" method="post" action="/channels/${channel.name}/test/close">
    ${hiddenFields({ _csrf: csrfToken, request: id })}<button class="btn btn-sm" type="submit">Close it</button>
  </form>`;
}
