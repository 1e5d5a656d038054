import { domainOf } from '../conditions/fields.ts';
import { isFreeMail } from './free-mail.ts';

/** The house that an address belongs to, by its domain; null for none, and where anybody can have an address. */
export function houseOf(email: string | null): string | null {
  const domain = domainOf(email);
  return domain === null || isFreeMail(domain) ? null : domain;
}
