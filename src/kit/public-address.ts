import ipaddr from 'ipaddr.js';

/** Whether we may connect to an address that somebody else chose. Addresses are numbers, never names. */
export type MayConnect = (address: string, port: number) => boolean;

/** The only part of IPv6 from which addresses of the internet are given out (RFC 4291, 2.4; IANA's registry). */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Azure answers its machines at this address, which looks like any other. */
const AZURE_HOST = '168.63.129.16';

/**
 * Whether an address belongs to the internet at large: not to this machine, a private network, a link, a
 * cloud's own service, nor to a range that leads into one of these by another way of writing it.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address that is written as IPv6 is looked at as what it is.
  const parsed = ipaddr.process(address);
  if (parsed.toString() === AZURE_HOST || parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6);
}
