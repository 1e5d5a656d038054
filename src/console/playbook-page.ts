import { capital } from '../domain/sentences/words.ts';
import { WINDOWS, type Window } from '../reports/playbook/figures.ts';
import type { Playbook, PlaybookRule } from '../reports/playbook/playbook.ts';
import { nearMoment } from './badges.ts';
import { icon } from './icons.ts';
import { flag, html, type Html } from './markup.ts';
import { ruleAddress, ruleInVersion, versionAddress } from './playbook-address.ts';
import { countWords } from './words.ts';

/** More that wait for the same usual look would hide the rest of the page. */
const MOST_OPEN = 5;

export interface PlaybookView {
  playbook: Playbook;
  timeZone: string;
  now: Temporal.Instant;
}

/** The config as people read it: first what somebody is to look at, then every rule, stage by stage. */
export function playbookMain(view: PlaybookView): Html {
  const { playbook } = view;
  const rules = playbook.chapters.flatMap((chapter) => chapter.rules);
  return html`<section class="td-playbook" aria-labelledby="playbook-title">
    <h1 id="playbook-title">Playbook</h1>
    <p class="text-secondary">
      ${countWords(rules.length, 'rule')} of config
      <a href="${versionAddress(playbook.version)}"><code>${playbook.version.slice(0, 8)}</code></a
      >. Counts are of the last ${WINDOWS.join(', ')} days. <a href="/playbook/versions">What changed, and when</a> ·
      <a href="/docs/playbook.md">How it works</a>
    </p>
    ${playbook.isBehind ? html`<p role="status">Older decisions are still being counted; look again in an hour.</p>` : null}
    ${dueCard(rules)} ${playbook.chapters.length < 2 ? null : chapterList(playbook)}
    ${playbook.chapters.map((chapter) => chapterCard(chapter, view))}
  </section>`;
}

function dueCard(rules: readonly PlaybookRule[]): Html {
  const due = rules.filter(({ dues }) => dues.length > 0);
  if (due.length === 0) return html`<p class="td-good">${icon('check')}<span>Nothing is to be looked at.</span></p>`;
  const [special, usual] = [due.filter((rule) => !isUsual(rule)), due.filter(isUsual)];
  return html`<section class="card" id="due" aria-labelledby="due-title">
    <h2 class="td-card-title" id="due-title">To be looked at</h2>
    ${special.length === 0 ? null : dueList(special)}
    ${
      usual.length === 0
        ? null
        : html`<details ${flag('open', usual.length <= MOST_OPEN)}>
            <summary>The quarterly look at the logic: ${countWords(usual.length, 'rule')}</summary>
            ${dueList(usual)}
          </details>`
    }
  </section>`;
}

/** Whether nothing but the calendar calls for a look, as it does for all rules of one day at once. */
function isUsual({ dues, drifts }: PlaybookRule): boolean {
  return drifts.length === 0 && dues.every(({ part }) => part === 'logic');
}

function dueList(rules: readonly PlaybookRule[]): Html {
  return html`<ul class="td-rule-dues">
    ${rules.map(
      (rule) =>
        html`<li>
          <a href="${ruleAddress(rule)}"><bdi>${rule.name}</bdi></a>
          ${rule.dues.map(({ part, why }) => html`<p><span class="td-flag">${capital(part)}</span> ${why}</p>`)}
        </li>`,
    )}
  </ul>`;
}

function chapterList({ chapters }: Playbook): Html {
  return html`<nav class="td-chapters" aria-label="Stages">
    ${chapters.map(({ title, rules }) => html`<a href="#${anchorOf(title)}">${title} <small>${rules.length}</small></a>`)}
  </nav>`;
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function chapterCard({ title, about, rules }: Playbook['chapters'][number], view: PlaybookView): Html {
  const id = anchorOf(title);
  return html`<section class="card" aria-labelledby="${id}">
    <h2 class="td-card-title" id="${id}">${title}</h2>
    <p class="text-secondary">${about}</p>
    ${rules.map((rule) => ruleItem(rule, view))}
  </section>`;
}

function ruleItem(rule: PlaybookRule, view: PlaybookView): Html {
  return html`<article class="td-rule">
    <h3>
      <a href="${ruleAddress(rule)}"><bdi>${rule.name}</bdi></a
      >${rule.dues.length === 0 ? null : html` <span class="td-flag">${icon('eye')}To be looked at</span>`}
    </h3>
    ${rule.why === null ? null : html`<p>${rule.why}</p>`} ${ruleFacts(rule, view.playbook.version)}
    ${usesLine(rule, view)}
  </article>`;
}

/** What a rule says, in words. */
export function ruleFacts(rule: PlaybookRule, version: string): Html {
  return html`<dl class="td-rule-facts">
    <div>
      <dt>When</dt>
      <dd>${capital(rule.trigger)}.</dd>
    </div>
    <div>
      <dt>Then</dt>
      <dd>${rule.logic.join(' ')}</dd>
    </div>
    <div>
      <dt>Otherwise</dt>
      <dd>${rule.exception}</dd>
    </div>
    <div>
      <dt>Ask</dt>
      <dd>${rule.owner === null ? 'Whoever keeps the config' : html`<bdi>${rule.owner}</bdi>`}</dd>
    </div>
    <div>
      <dt>Stands in</dt>
      <dd><a href="${ruleInVersion(version, rule)}">${rule.place}</a></dd>
    </div>
  </dl>`;
}

/** How often it fired and was changed, each with its tickets behind it. */
export function usesLine(rule: PlaybookRule, { now, timeZone }: Pick<PlaybookView, 'now' | 'timeZone'>): Html {
  const { uses } = rule;
  if (rule.isUncounted === true)
    return html`<p class="td-rule-uses"><span>Not counted: no decision names it</span></p>`;
  const last = uses.lastAt === null ? 'Never fired' : html`Last ${nearMoment(uses.lastAt, { now, timeZone })}`;
  return html`<p class="td-rule-uses">
    <span>Fired ${WINDOWS.map((window) => countLink(rule, 'fired', window))}</span>
    <span>Changed by people ${WINDOWS.map((window) => countLink(rule, 'overridden', window))}</span>
    <span>${last}</span>
  </p>`;
}

function countLink(rule: PlaybookRule, what: 'fired' | 'overridden', window: Window): Html {
  const count = rule.uses[what][window];
  const title = `${window} days`;
  if (count === 0) return html`<span title="${title}">0</span> `;
  return html`<a href="${ruleAddress(rule, { what, days: String(window) })}#turns" title="${title}"
    >${count.toLocaleString('en-GB')}</a
  > `;
}
