import type { FileLink } from '../ports/channel.ts';

/** The link to a file that its sender's system gives to those whom it knows; nobody else is shown by what it knows us. */
export function linkFor(url: string, hosts: RegExp, headers: FileLink['headers']): FileLink {
  const { hostname, protocol } = new URL(url);
  return { url, headers: protocol === 'https:' && hosts.test(hostname) ? headers : {} };
}
