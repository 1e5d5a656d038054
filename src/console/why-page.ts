import type { Ticket } from '../domain/ticket.ts';
import { surenessWords } from '../domain/opinion.ts';
import { capital } from '../domain/sentences/words.ts';
import { ticketName } from '../domain/ticket.ts';
import type { ExplainedDecision } from '../reports/playbook/explain.ts';
import { moment } from './badges.ts';
import { html, type Html } from './markup.ts';
import { ruleInVersion, versionAddress } from './playbook-address.ts';
import { countWords, STAGE_WORDS } from './words.ts';

/** Why a ticket went where it went, decision by decision, with the rules that lost. */
export function whyMain(
  ticket: Ticket,
  chain: readonly ExplainedDecision[],
  { prefix, timeZone }: { prefix: string; timeZone: string },
): Html {
  const name = ticketName(prefix, ticket.number);
  return html`<section class="td-playbook" aria-labelledby="why-title">
    <nav class="td-crumbs" aria-label="Way back"><a href="/tickets/${ticket.number}">${name}</a></nav>
    <h1 id="why-title">Why, and what lost</h1>
    <p class="text-secondary">
      What lost is worked out now, by the config of that time: with the ticket's fields as they were, and with what is
      known of its requester and its row today.
    </p>
    <ol class="td-versions card">
      ${chain.map((each) => decisionItem(each, timeZone))}
    </ol>
  </section>`;
}

function decisionItem({ decision, rule, lost, says }: ExplainedDecision, timeZone: string): Html {
  const { at, stage, sentence, source, configVersion, opinion } = decision;
  const line =
    rule === null || !('name' in source)
      ? null
      : html`<a href="${ruleInVersion(configVersion, { stage, name: source.name })}">${rule.file}:${rule.line}</a>`;
  return html`<li>
    <span>${moment(at, timeZone)}</span><span>${STAGE_WORDS[stage]}</span> ${line}
    <a href="${versionAddress(configVersion)}"><code>${configVersion.slice(0, 8)}</code></a>
    <p class="td-why-sentence">${sentence}</p>
    ${says === null ? null : html`<p class="td-why-sentence text-secondary">${capital(says.trigger)}. ${says.logic.join(' ')}</p>`}
    ${opinion === null ? null : html`<p class="td-why-sentence text-secondary">${capital(surenessWords(opinion))}.</p>`}
    ${lost === null || lost.rules.length === 0 ? null : lostList(lost)}
  </li>`;
}

function lostList({ rules, others }: NonNullable<ExplainedDecision['lost']>): Html {
  return html`<details class="td-why-lost">
    <summary>What lost (${rules.length + others})</summary>
    <ul>
      ${rules.map(({ name, place, why }) => html`<li><bdi>${name}</bdi> <small>${place}</small><br />${why}</li>`)}
    </ul>
    ${others === 0 ? null : html`<p>And ${countWords(others, 'rule')} further off.</p>`}
  </details>`;
}
