import type { WayConfig } from '../config/live.ts';
import { isEnough } from '../kit/access.ts';
import { nearMoment } from './badges.ts';
import { hiddenFields } from './form-parts.ts';
import { type HealthView, momentsOf } from './health-view.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { WayState } from './ways-rows.ts';
import { countWords, problemWords, titled } from './words.ts';

/** Whether a way to the team needs a person. */
export function hasWayTrouble({ ways, config }: Pick<HealthView, 'ways' | 'config'>): boolean {
  const isUnset = Object.values(config.ways).some(({ missingSecrets }) => missingSecrets.length > 0);
  return isUnset || ways.some(({ problem }) => problem !== null);
}

/** The ways by which the team is told, each with how it does and a test; nothing where there is mail alone. */
export function waysCard(view: HealthView): Html | null {
  const { ways, config } = view;
  if (ways.length === 0) return null;
  return html`<section class="card" id="ways" aria-labelledby="ways-title">
    <h2 class="td-card-title" id="ways-title">Ways to the team</h2>
    <ul class="td-channels">
      ${ways.map((state) => {
        const way = config.ways[state.name];
        return way === undefined ? null : html`<li>${wayItem(way, state, view)}</li>`;
      })}
    </ul>
  </section>`;
}

function wayItem(way: WayConfig, { sentAt, problem, held }: WayState, view: HealthView): Html {
  const missing = way.missingSecrets;
  const sent =
    sentAt === null ? 'Nothing went over it yet.' : html`The last notice went ${nearMoment(sentAt, momentsOf(view))}.`;
  return html`<p>
      <strong><bdi>${way.name}</bdi></strong> ${stateOf({ isUnset: missing.length > 0, hasFailed: problem !== null })}
      <small class="text-secondary">${titled(way.kind)}, ${placeOf(way, view)}</small>
    </p>
    <p class="form-hint">
      ${sent}${held === 0 ? null : ` ${countWords(held, 'notice waits', 'notices wait')} for their time.`}
    </p>
    ${missing.length > 0 ? trouble(`Set ${missing.join(' and ')} in the environment, and start again.`) : problem === null ? null : trouble(problemWords(problem))}
    ${missing.length > 0 ? null : testForm(way, view)}`;
}

function stateOf({ isUnset, hasFailed }: { isUnset: boolean; hasFailed: boolean }): Html {
  if (isUnset) return html`<span class="td-lost-state td-lost-lost">Closed</span>`;
  if (hasFailed) return html`<span class="td-lost-state td-lost-lost">Fails</span>`;
  return html`<span class="td-lost-state td-open">Open</span>`;
}

function placeOf({ name, room }: WayConfig, { config }: HealthView): Html | string {
  if (config.policy.notices.ways[name]?.isRoom === false) return 'to each person alone';
  return room === null ? 'its own room' : html`room <bdi>${room}</bdi>`;
}

function trouble(words: string): Html {
  return html`<p class="td-trouble">${icon('alert')}<span>${words}</span></p>`;
}

/** A way to each person alone is tried with one of them. */
function testForm({ name }: WayConfig, { config: { policy }, access, csrfToken }: HealthView): Html | null {
  if (!isEnough(access, 'admin')) return null;
  const isAlone = policy.notices.ways[name]?.isRoom === false;
  const choice = html`<label class="visually-hidden" for="way-${name}">Whom to send a test over ${name}</label>
    <select class="form-select form-select-sm" id="way-${name}" name="person">
      ${policy.agents.map((agent) => html`<option>${agent.name}</option>`)}
    </select>`;
  return html`<form method="post" action="/ways/test" class="td-way-test">
    ${hiddenFields({ _csrf: csrfToken, way: name })}${isAlone ? choice : null}
    <button class="btn btn-sm" type="submit">${icon('mail')}Send a test</button>
  </form>`;
}
