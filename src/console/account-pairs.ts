import type { AccountFields } from '../domain/requester.ts';
import { html, type Html } from './markup.ts';
import { titled } from './words.ts';

/** What is known of an account, name by name; null for nothing. Of a VIP there is a sign beside the name already. */
export function accountPairs(account: AccountFields): Html | null {
  const pairs = Object.entries(account).filter(([field, value]) => field !== 'vip' || value !== true);
  if (pairs.length === 0) return null;
  return html`<dl class="td-pairs">
    ${pairs.map(
      ([field, value]) =>
        html`<div>
          <dt>${titled(field)}</dt>
          <dd><bdi>${words(value)}</bdi></dd>
        </div>`,
    )}
  </dl>`;
}

function words(value: AccountFields[string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}
