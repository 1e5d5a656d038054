import { type Access, isEnough } from '../kit/access.ts';
import { icon, type Icon } from './icons.ts';
import { html, type Fill, type Html } from './markup.ts';
import { EVERYTHING_OPEN } from './queue-filter.ts';
import { addressOfList } from './queue-filter.ts';
import type { ListFilter } from './queue-rows.ts';

/** What the queue says when it has nothing to show, and what to do then. */
export function emptyQueue(given: {
  filter: ListFilter;
  hasTickets: boolean;
  access: Access;
  person: string;
  /** Where we are reached, without a slash at the end. */
  address: string;
  /** Name of a channel with a request form; null when there is none. */
  formChannel: string | null;
}): Html {
  const { filter, hasTickets, person } = given;
  if (!hasTickets) return firstSteps(given);
  if (filter.search !== '') {
    return nothing('search', 'No ticket has these words', [
      'Try fewer words, the beginning of one, a ticket’s number or a requester’s address.',
    ]);
  }
  if (filter.owner !== null && filter.owner !== 'nobody' && filter.owner.agent === person) {
    const address = addressOfList({ ...EVERYTHING_OPEN, owner: 'nobody' });
    return nothing('check', 'Nothing is waiting for you', [
      html`You could take one that <a href="${address}">nobody has yet</a>.`,
    ]);
  }
  if (filter.atRisk) return nothing('check', 'Nothing is at risk', ['Every promise is on track.']);
  if (filter.incidents) return nothing('check', 'No incident goes on', ['No open ticket is reported by others.']);
  if (filter.escalated)
    return nothing('check', 'Nothing is escalated', ['Nobody had to see to a ticket that went wrong.']);
  if (filter.needsReview) return nothing('check', 'Nothing needs a look', ['Every ticket was sorted with confidence.']);
  if (addressOfList(filter) === '/') return nothing('check', 'Everything is done', ['No ticket is open.']);
  return nothing('filter', 'No ticket fits these filters', [html`<a href="/">Show everything open</a>`]);
}

function nothing(sign: Icon, title: string, sentences: readonly Fill[]): Html {
  return html`<div class="td-empty">
    <div class="td-empty-mark">${icon(sign)}</div>
    <h2>${title}</h2>
    ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
  </div>`;
}

function firstSteps(given: { address: string; formChannel: string | null; access: Access }): Html {
  const { address, formChannel, access } = given;
  const form = `/forms/${formChannel ?? ''}`;
  return html`<div class="td-empty td-empty-first">
    <div class="td-empty-mark">${icon('inbox')}</div>
    <h2>Nothing has come in yet</h2>
    <p>Send a first request, and watch it being sorted, given an owner and timed.</p>
    <ol class="td-steps">
      ${
        formChannel === null
          ? null
          : html`<li>
                <h3>Fill in the request form</h3>
                <p>As a customer would.</p>
                <p>
                  <a class="btn btn-primary" href="${form}" target="_blank" rel="noopener"
                    >Open the form${icon('outside')}</a
                  >
                </p>
              </li>
              <li>
                <h3>Or post one from a terminal</h3>
                <p>As a website would.</p>
                <pre class="td-code" tabindex="0">${curlLine(address, formChannel)}</pre>
              </li>`
      }
      ${
        isEnough(access, 'agent')
          ? html`<li>
              <h3>Or type one in</h3>
              <p>As you would on the phone.</p>
              <p><a class="btn" href="/tickets/new">New ticket</a></p>
            </li>`
          : null
      }
    </ol>
  </div>`;
}

function curlLine(address: string, channel: string): string {
  return `curl ${address}/hooks/${channel} \\
  -d name='Ada Byron' \\
  -d email=ada@example.com \\
  -d subject='Payment failed twice' \\
  -d message='My card was charged and the order says unpaid.'`;
}
