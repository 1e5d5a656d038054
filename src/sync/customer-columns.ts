import type { Policy } from '../decide/policy.ts';
import { isVip, type Requester } from '../domain/requester.ts';
import { checkbox, type DeskColumn, line, ours } from './desk-column.ts';

/** Who the customer is, on a desk that is told. */
export function customerColumns({ customers: { accounts, vips, lookups } }: Policy): DeskColumn[] {
  if (accounts.size + vips.size + lookups.length === 0) return [];
  return [
    {
      ...ours(line('customerAccount', 'Customer account'), ({ ticket }) => accountWords(ticket.requester)),
      description: 'The account and its tier, as customers.yaml and its look-ups have them.',
    },
    ours(checkbox('customerVip', 'Customer VIP'), ({ ticket }) => isVip(ticket.requester)),
  ];
}

/** `Acme, enterprise`. */
function accountWords({ account: { name, tier } }: Requester): string | null {
  const known = [name, tier].filter((each) => each !== undefined && each !== '');
  return known.length === 0 ? null : known.join(', ');
}
