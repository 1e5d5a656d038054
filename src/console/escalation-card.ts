import { definitionNamed, untilOf } from '../decide/escalation/definition.ts';
import { endingWords } from '../decide/escalation/tell.ts';
import { activeIn, HIGHEST_LEVEL, type Raised, type Verdict, VERDICTS } from '../domain/escalation.ts';
import { isOpen } from '../domain/ticket.ts';
import { isEnough } from '../kit/access.ts';
import { escalationFlag, moment } from './badges.ts';
import { hiddenFields, option } from './form-parts.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';
import { levelWords, PRIORITY_WORDS } from './words.ts';

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  necessary: 'it was necessary',
  premature: 'it was premature',
  too_late: 'it came too late',
};

/** Since when it is escalated, why, who answers for it and how it ends; and the way to do it by hand. */
export function escalationCard(view: TicketView): Html | null {
  const { ticket } = view.file;
  const isUsed = view.config.policy.escalation.definitions.length > 0;
  if (ticket.escalationLevel === 0 && (!isUsed || !isOpen(ticket.status))) return null;
  return html`<section class="card td-escalation" aria-labelledby="escalation-title">
    <h2 class="td-card-title" id="escalation-title">Escalation ${escalationFlag(ticket.escalationLevel)}</h2>
    ${ticket.escalationLevel === 0 ? html`<p class="text-secondary">Not escalated.</p>` : standing(view)}
    ${isEnough(view.access, 'agent') ? byHand(view) : null}
  </section>`;
}

function standing(view: TicketView): Html {
  const { ticket } = view.file;
  const { escalation } = ticket;
  const told = escalation?.told.map(({ to }) => to) ?? [];
  const before = escalation?.priorityBefore ?? null;
  return html`<ul class="td-raised">
      ${activeIn(escalation).map((raised) => reasonItem(view, raised))}
    </ul>
    <dl class="td-pairs">
      ${pair('Accountable', ticket.accountable ?? 'nobody')}
      ${pair('Told', told.length === 0 ? 'nobody' : told.join(', '))}
      ${
        before === null
          ? null
          : pair('Priority', `${PRIORITY_WORDS[ticket.priority]}, ${PRIORITY_WORDS[before].toLowerCase()} before`)
      }
    </dl>`;
}

function pair(name: string, value: string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd><bdi>${value}</bdi></dd>
  </div>`;
}

function reasonItem({ config }: TicketView, raised: Raised): Html {
  const { policy } = config;
  const why = definitionNamed(policy, raised)?.why ?? null;
  const ends = endingWords(untilOf(policy, raised));
  return html`<li>
    <strong><bdi>${raised.kind === 'person' ? `${raised.name}, by hand` : raised.name}</bdi></strong>
    <span class="td-raised-more">since ${moment(raised.startedAt, policy.desk.timeZone)}</span>
    ${why === null ? null : html`<span class="td-raised-more"><bdi>${why}</bdi></span>`}
    <span class="td-raised-more">Ends ${ends}.</span>
  </li>`;
}

/** One form for all: take it up, take it down, end it, and say who answers for it. It carries what it showed. */
function byHand({ file: { ticket }, config, csrfToken }: TicketView): Html {
  const { escalationLevel: level } = ticket;
  const accountable = ticket.accountable ?? '';
  const agents = config.policy.agents.map(({ name }) => name);
  const people = accountable === '' || agents.includes(accountable) ? agents : [...agents, accountable];
  const levels = Array.from({ length: HIGHEST_LEVEL + 1 }, (_, each) => each);
  const was = { 'was.escalationLevel': String(level), 'was.accountable': accountable };
  return html`<details class="td-by-hand">
    <summary>${level === 0 ? 'Escalate' : 'Change or end it'}</summary>
    <form method="post" action="/tickets/${ticket.number}/edit">
      ${hiddenFields({ _csrf: csrfToken, ...was })}
      <label class="form-label" for="escalation-level">Level</label>
      <select class="form-select form-select-sm" id="escalation-level" name="escalationLevel">
        ${levels.map((each) => option(String(each), levelWords(each), each === level))}
      </select>
      <label class="form-label" for="escalation-accountable">Accountable</label>
      <select class="form-select form-select-sm" id="escalation-accountable" name="accountable">
        ${option('', 'Whoever has the ticket', accountable === '')}${people.map((name) => option(name, name, name === accountable))}
      </select>
      ${level === 0 ? null : verdictField()}
      <button class="btn btn-sm" type="submit">${icon('raised')}${level === 0 ? 'Escalate' : 'Save'}</button>
    </form>
  </details>`;
}

/** For the review of the definitions; nobody has to say it. */
function verdictField(): Html {
  return html`<label class="form-label" for="escalation-verdict">If you end it</label>
    <select class="form-select form-select-sm" id="escalation-verdict" name="verdict">
      ${option('', 'say nothing of it', true)}${VERDICTS.map((each) => option(each, VERDICT_WORDS[each], false))}
    </select>`;
}
