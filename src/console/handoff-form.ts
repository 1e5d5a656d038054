import { contractOf } from '../decide/handoff/contract.ts';
import type { HandoffContract } from '../decide/policy.ts';
import { needWords } from '../domain/sentences/handoff-words.ts';
import { isOpen } from '../domain/ticket.ts';
import { hiddenFields, option } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

/** What becomes of a ticket under a contract. */
const WAYS: Readonly<Record<HandoffContract['transfer'], string>> = {
  accept: 'is asked to accept it',
  at_once: 'gets it at once',
  collaborate: 'helps, and the ticket stays here',
};

/** Gives the ticket over to another queue; nothing where there is none, or nothing is left to do. */
export function handoffForm({ file: { ticket }, config, csrfToken, formKey }: TicketView): Html | null {
  const others = Object.keys(config.policy.queues).filter((name) => name !== ticket.queue);
  if (!isOpen(ticket.status) || others.length === 0) return null;
  return html`<details class="td-refine td-handoff" id="hand-off">
    <summary class="btn">${icon('handoff')}Hand off</summary>
    <form method="post" action="/tickets/${ticket.number}/hand-off" class="td-refine-sheet">
      ${hiddenFields({ _csrf: csrfToken, key: formKey, was: ticket.queue })}
      <div>
        <label class="form-label" for="handoff-to">To the queue</label>
        <select class="form-select" id="handoff-to" name="to" required>
          ${option('', 'Choose a queue', true)}${others.map((name) => option(name, name, false))}
        </select>
      </div>
      <div>
        <label class="form-label" for="handoff-reason">Why</label>
        <input
          class="form-control"
          id="handoff-reason"
          name="reason"
          maxlength="1000"
          placeholder="What they need to know"
          dir="auto"
          autocomplete="off"
        />
      </div>
      ${agreed(others, { config, ticket })}
      <button class="btn btn-primary" type="submit">Hand off</button>
    </form>
  </details>`;
}

/** What the contract of each queue asks for, for those that have one. */
function agreed(
  others: readonly string[],
  { config, ticket }: { config: TicketView['config']; ticket: { queue: string } },
): Html {
  const contracts = others.flatMap((to) => {
    const contract = contractOf(config.policy, { from: ticket.queue, to });
    return contract === null ? [] : [{ to, contract }];
  });
  const plain = html`<p class="form-hint">
    Somebody there gets it, with their due times. The customer is told nothing.
  </p>`;
  if (contracts.length === 0) return plain;
  return html`<ul class="form-hint td-agreed">
      ${contracts.map(
        ({ to, contract: { transfer, needs, customer } }) =>
          html`<li>
            <bdi>${to}</bdi>
            ${WAYS[transfer]}.${needs.length === 0 ? null : html` Needs ${needs.map(needWords).join(', ')}.`}${customer === null ? null : ' The customer is told.'}
          </li>`,
      )}
    </ul>
    ${contracts.length === others.length ? null : html`<p class="form-hint">Any other queue gets it at once. The customer is told nothing.</p>`}`;
}
