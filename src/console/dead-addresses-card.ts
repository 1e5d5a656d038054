import { type Access, isEnough } from '../kit/access.ts';
import { moment } from './badges.ts';
import type { DeadAddressRow } from './dead-address-rows.ts';
import { hiddenFields } from './form-parts.ts';
import type { HealthView } from './health-view.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';

/** Those of the team, to whom notices are sent all the same. */
export function deadInTeam({ health, config }: Pick<HealthView, 'health' | 'config'>): readonly DeadAddressRow[] {
  const ours = new Set(config.policy.agents.flatMap(({ email }) => email?.toLowerCase() ?? []));
  return health.deadAddresses.filter(({ address }) => ours.has(address));
}

/** Addresses at which nothing arrives, the team's own first; nothing while there are none. */
export function deadAddressesCard(view: HealthView): Html | null {
  const { health, config, access, csrfToken } = view;
  if (health.deadAddresses.length === 0) return null;
  const ours = deadInTeam(view);
  const others = health.deadAddresses.filter((each) => !ours.includes(each));
  const given = { access, csrfToken, timeZone: config.policy.desk.timeZone, next: '/health#addresses' };
  return html`<section class="card" id="addresses" aria-labelledby="addresses-title">
    <h2 class="td-card-title" id="addresses-title">Addresses at which nothing arrives</h2>
    <p class="text-secondary">
      No letter goes there by itself until somebody writes from it. Notices to the team are sent all the same.
    </p>
    <ul class="td-outgoing">
      ${ours.map((each) => html`<li>${entry(each, { ...given, isOurs: true })}</li>`)}
      ${others.map((each) => html`<li>${entry(each, { ...given, isOurs: false })}</li>`)}
    </ul>
  </section>`;
}

interface Given {
  access: Access;
  csrfToken: string;
  timeZone: string;
  next: string;
}

function entry(row: DeadAddressRow, given: Given & { isOurs: boolean }): Html {
  const { address, since, reason, number } = row;
  const fix = given.isOurs ? ' Somebody of the team does not hear of their tickets: correct the address.' : '';
  return html`<div class="td-out td-out-dead">
    <span class="td-out-state">${icon('alert')}${given.isOurs ? 'Team' : 'Customer'}</span>
    <p>
      <strong><bdi>${address}</bdi></strong
      ><br /><span class="text-secondary"
        >since
        ${moment(since, given.timeZone)}${number === null ? null : html`, <a href="/tickets/${number}">the ticket</a>`}</span
      >
    </p>
    <p class="td-out-problem">${reason}.${fix}</p>
    ${itWorks(address, given)}
  </div>`;
}

/** For who knows better. */
export function itWorks(
  address: string,
  { access, csrfToken, next }: Pick<Given, 'access' | 'csrfToken' | 'next'>,
): Html | null {
  if (!isEnough(access, 'agent')) return null;
  return html`<form method="post" action="/addresses/reachable">
    ${hiddenFields({ _csrf: csrfToken, address, next })}
    <button class="btn btn-sm" type="submit">${icon('check')}It works</button>
  </form>`;
}
