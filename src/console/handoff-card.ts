import { contractOf } from '../decide/handoff/contract.ts';
import { type Handoff, isPending } from '../domain/handoff.ts';
import { handoffWords } from '../domain/sentences/handoff-words.ts';
import { isOpen } from '../domain/ticket.ts';
import { isEnough } from '../kit/access.ts';
import { moment } from './badges.ts';
import { hiddenFields, option } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { DecisionRow } from './ticket-rows.ts';
import type { TicketView } from './ticket-view.ts';
import { titled } from './words.ts';

/** Steps of the trail; who was told of them is in the log alone. */
const STEPS: ReadonlySet<string> = new Set([
  'handoff.held',
  'handoff.asked',
  'handoff.moved',
  'handoff.helps',
  'handoff.accepted',
  'handoff.rejected',
  'handoff.returned',
  'handoff.withdrawn',
  'handoff.reason_added',
]);

/** Where the ticket has been, who asked whom and how that ended; and what there is to answer. */
export function handoffCard(view: TicketView): Html | null {
  const { ticket, decisions } = view.file;
  const { handoff } = ticket;
  if (handoff === null && ticket.collaborators.length === 0) return null;
  const trail = decisions.filter(({ code }) => STEPS.has(code)).toReversed();
  return html`<section class="card td-handoffs" aria-labelledby="handoffs-title">
    <h2 class="td-card-title" id="handoffs-title">Hand-offs</h2>
    ${handoff === null ? null : html`<p class="td-handoff-state">${icon('handoff')}<span>${handoffWords(handoff)}</span></p>`}
    ${handoff === null || !isOpen(ticket.status) ? null : waiting(view, handoff)}
    ${ticket.collaborators.map((queue) => helper(view, queue))}
    ${
      trail.length === 0
        ? null
        : html`<ol class="td-trail" aria-label="Trail, oldest first">
            ${trail.map((step) => trailItem(step, view))}
          </ol>`
    }
  </section>`;
}

function trailItem({ at, sentence }: DecisionRow, { config }: TicketView): Html {
  return html`<li>${moment(at, config.policy.desk.timeZone)}<span dir="auto">${sentence}</span></li>`;
}

/** A hand-off that waits: both sides can end it, each in its way. */
function waiting(view: TicketView, handoff: Handoff): Html | null {
  if (!isPending(handoff) || !isEnough(view.access, 'agent')) return null;
  const { csrfToken, formKey, file } = view;
  const address = `/tickets/${file.ticket.number}`;
  const carried = { _csrf: csrfToken, key: formKey, instance: String(handoff.instance) };
  return html`${handoff.state === 'asked' ? answerForms(view, handoff, { address, carried }) : null}
    <form method="post" action="${address}/take-back">
      ${hiddenFields(carried)}<button class="btn btn-sm" type="submit">${icon('undo')}Take back</button>
    </form>`;
}

function answerForms(
  { config }: TicketView,
  handoff: Handoff,
  { address, carried }: { address: string; carried: Readonly<Record<string, string>> },
): Html {
  const codes = contractOf(config.policy, handoff)?.reasonCodes ?? [];
  return html`<form method="post" action="${address}/accept" class="td-answer">
      ${hiddenFields(carried)}<button class="btn btn-primary btn-sm" type="submit">
        ${icon('check')}Accept for ${handoff.to}
      </button>
    </form>
    <form method="post" action="${address}/reject" class="td-answer">
      ${hiddenFields(carried)}
      <label class="visually-hidden" for="reject-code">Why not</label>
      <select class="form-select form-select-sm" id="reject-code" name="code" required>
        ${option('', 'Why not?', true)}${codes.map((code) => option(code, titled(code), false))}
      </select>
      <button class="btn btn-sm" type="submit">Reject</button>
    </form>`;
}

/** A queue that helps, until somebody says that it need not any more. */
function helper({ file, access, csrfToken }: TicketView, queue: string): Html {
  if (!isEnough(access, 'agent')) return html`<p><bdi>${queue}</bdi> helps</p>`;
  return html`<form method="post" action="/tickets/${file.ticket.number}/end-help" class="td-answer">
    ${hiddenFields({ _csrf: csrfToken, queue })}<span><bdi>${queue}</bdi> helps</span
    ><button class="btn btn-sm" type="submit">End help</button>
  </form>`;
}
