import type { Policy } from '../decide/policy.ts';
import type { Ticket } from '../domain/ticket.ts';
import { isEnough } from '../kit/access.ts';
import { moment } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import { flag, html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';

/** The steps of the ticket's category; none where it has none. */
export function stepsOf({ triage }: Policy, { category }: Ticket): readonly string[] {
  return category !== null && Object.hasOwn(triage.steps, category) ? (triage.steps[category] ?? []) : [];
}

/** What is done of the steps of the category, by whom and when, and boxes to tick. */
export function stepsCard(view: TicketView): Html | null {
  const { file, access, config, csrfToken } = view;
  const { ticket } = file;
  const steps = stepsOf(config.policy, ticket);
  if (steps.length === 0) return null;
  const fields = steps.map((step) => stepField(view, step));
  const was = steps.map((step) => [`was.${step}`, ticket.stepsDone.includes(step) ? 'done' : '']);
  return html`<section class="card td-ticks" aria-labelledby="steps-title">
    <h2 class="td-card-title" id="steps-title">Steps</h2>
    ${isEnough(access, 'agent') ? html`<form method="post" action="/tickets/${ticket.number}/steps">${hiddenFields({ _csrf: csrfToken, ...Object.fromEntries(was) })} ${fields}<button class="btn btn-sm" type="submit">Save steps</button></form>` : fields}
  </section>`;
}

function stepField({ file, access, config }: TicketView, step: string): Html {
  const isDone = file.ticket.stepsDone.includes(step);
  const ticked = file.decisions.find(
    ({ code, params }) => code === 'edit.steps_ticked' && isAmong(params['done'], step),
  );
  const by = isDone && ticked?.source.kind === 'person' ? ticked.source.name : null;
  return html`<label class="form-check"
    ><input
      class="form-check-input"
      type="checkbox"
      name="step.${step}"
      value="yes"
      ${flag('checked', isDone)}
      ${flag('disabled', !isEnough(access, 'agent'))}
    /><span class="form-check-label"
      ><bdi>${step}</bdi>${
        by === null || ticked === undefined
          ? null
          : html` <small class="text-secondary"
              ><bdi>${by}</bdi>, ${moment(ticked.at, config.policy.desk.timeZone)}</small
            >`
      }</span
    ></label
  >`;
}

function isAmong(steps: unknown, step: string): boolean {
  return Array.isArray(steps) && steps.includes(step);
}
