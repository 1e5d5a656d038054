import { isEnough } from '../kit/access.ts';
import { hiddenFields, option } from './form-parts.ts';
import { mindsLanguages } from '../decide/conditions/languages.ts';
import { languageName } from '../domain/language.ts';
import { statusName } from '../domain/status-names.ts';
import { PRIORITIES, SEVERITIES, STATUSES, type TicketField } from '../domain/ticket.ts';

import { flag, html, type Html, verbatim } from './markup.ts';

import { formValues } from './ticket-form.ts';
import type { TicketView } from './ticket-view.ts';
import { FIELD_WORDS, PRIORITY_WORDS, SEVERITY_WORDS, titled } from './words.ts';

type Choice = readonly [value: string, words: string];

/** What a ticket is filed as; for those who work it, as a form. */
export function fieldsCard(view: TicketView): Html {
  return html`<section class="card td-fields" aria-labelledby="fields-title">
    <h2 class="td-card-title" id="fields-title">Fields</h2>
    ${isEnough(view.access, 'agent') ? fieldsForm(view) : fieldPairs(view)}
  </section>`;
}

function fieldPairs(view: TicketView): Html {
  const { tags, language, resolution } = view.file.ticket;
  return html`<dl class="td-pairs">
    ${choicesOf(view).map(([field, choices]) => fieldPair(FIELD_WORDS[field], chosenIn(view, field, choices)))}
    ${tags.length === 0 ? null : fieldPair('Tags', tags.join(', '))}
    ${language === null ? null : fieldPair('Language', languageName(language))}
    ${resolution === null ? null : fieldPair('Resolution', resolution)}
  </dl>`;
}

function fieldPair(name: string, value: string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd dir="auto">${value}</dd>
  </div>`;
}

function chosenIn({ file: { ticket } }: TicketView, field: TicketField, choices: readonly Choice[]): string {
  return choices.find(([value]) => value === (ticket[field] ?? ''))?.[1] ?? '';
}

/** Everything that a person can change, as one form. It carries what it showed, so that a clash is noticed. */
function fieldsForm(view: TicketView): Html {
  const { ticket } = view.file;
  const was = Object.fromEntries(Object.entries(formValues(ticket)).map(([name, value]) => [`was.${name}`, value]));
  return html`<form method="post" action="/tickets/${ticket.number}/edit">
    ${hiddenFields({ _csrf: view.csrfToken, ...was })}
    <div class="td-field-grid">
      ${choicesOf(view).map(([field, choices]) => selectField(view, field, choices))} ${tagsField(view)}
      ${languageField(view)} ${resolutionField(view)}
    </div>
    <div class="td-fields-foot">
      ${reviewField(ticket.needsReview)}
      <button class="btn btn-sm" type="submit">Save changes</button>
    </div>
  </form>`;
}

/** The fields that have a list to choose from, most urgent first where there is an order. */
function choicesOf({ file: { ticket }, config: { policy } }: TicketView): [TicketField, readonly Choice[]][] {
  const agents = policy.agents.map((agent) => agent.name);
  return [
    ['status', STATUSES.map((status) => [status, statusName(policy.desk.statuses, status)])],
    ['priority', PRIORITIES.toReversed().map((priority) => [priority, PRIORITY_WORDS[priority]])],
    ['category', [['', 'None'], ...known(policy.categories, ticket.category).map(named)]],
    ['severity', [['', 'None'], ...SEVERITIES.toReversed().map((each): Choice => [each, SEVERITY_WORDS[each]])]],
    ['queue', known(Object.keys(policy.queues), ticket.queue).map(asItIs)],
    ['assignee', [['', 'Nobody'], ...known(agents, ticket.assignee).map(asItIs)]],
  ];
}

function tagsField(view: TicketView): Html {
  return html`<div class="td-field-wide">
    <label class="form-label" for="field-tags">Tags ${chosenBy(view, 'tags')}</label>
    <input
      class="form-control form-control-sm"
      id="field-tags"
      name="tags"
      value="${view.file.ticket.tags.join(', ')}"
      placeholder="separated by commas"
      autocomplete="off"
    />
  </div>`;
}

/** In which language the requester is answered, where that makes a difference; what is chosen holds for later tickets, too. */
function languageField(view: TicketView): Html | null {
  const { language } = view.file.ticket;
  if (!mindsLanguages(view.config.policy) && language === null) return null;
  return html`<div class="td-field-wide">
    <label class="form-label" for="field-language">Language ${chosenBy(view, 'language')}</label>
    <input
      class="form-control form-control-sm"
      id="field-language"
      name="language"
      value="${language === null ? '' : languageName(language)}"
      placeholder="German, de or Deutsch"
      autocomplete="off"
    />
  </div>`;
}

/** What the summary to the requester says; there where the desk sends one. */
function resolutionField({ file: { ticket }, config }: TicketView): Html | null {
  if (config.policy.followUp.summary === null && ticket.resolution === null) return null;
  return html`<div class="td-field-wide">
    <label class="form-label" for="field-resolution">Resolution</label>
    ${verbatim('textarea', html`class="form-control form-control-sm" id="field-resolution" name="resolution" rows="3" placeholder="What was done; the requester reads it"`, ticket.resolution ?? '')}
  </div>`;
}

/** A box that is not ticked sends nothing, so a hidden field says no for it. */
function reviewField(needsReview: boolean): Html {
  return html`<label class="form-check">
    <input type="hidden" name="needsReview" value="no" />
    <input class="form-check-input" type="checkbox" name="needsReview" value="yes" ${flag('checked', needsReview)} />
    <span class="form-check-label">Needs review</span>
  </label>`;
}

/** The names that the config knows, and the one that the ticket has, should the config have lost it. */
function known(names: readonly string[], held: string | null): readonly string[] {
  return held === null || names.includes(held) ? names : [...names, held];
}

function named(name: string): Choice {
  return [name, titled(name)];
}

function asItIs(name: string): Choice {
  return [name, name];
}

function selectField(view: TicketView, field: TicketField, choices: readonly Choice[]): Html {
  const { ticket } = view.file;
  const value = ticket[field] ?? '';
  return html`<div>
    <label class="form-label" for="field-${field}">${FIELD_WORDS[field]} ${chosenBy(view, field)}</label>
    <select class="form-select form-select-sm" id="field-${field}" name="${field}">
      ${choices.map(([choice, words]) => option(choice, words, choice === value))}
    </select>
  </div>`;
}

/** A sign that a person chose the value, so that the desk leaves it alone. */
function chosenBy({ file: { ticket } }: TicketView, field: TicketField): Html | null {
  const override = ticket.overrides[field];
  if (override === undefined) return null;
  return html`<span class="td-chosen" title="${override.by} chose it, so the desk leaves it alone"
    >by <bdi>${override.by}</bdi></span
  >`;
}
