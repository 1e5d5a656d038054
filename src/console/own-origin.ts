import type { Request } from 'express';

/**
 * Whether a form was sent from a page of ours. Browsers say so themselves over https and on this machine
 * (`Sec-Fetch-Site`), and name the page's origin everywhere else. A request without either comes from no
 * browser, and no page of somebody else's can have caused it.
 *
 * Pages must not be served with the referrer policy `no-referrer`: browsers then call the origin `null`.
 */
export function isFromOwnPage(request: Request, publicAddress: string | null): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = request.get('origin');
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const hosts = [request.host, ...(publicAddress === null ? [] : [new URL(publicAddress).host])];
  return hosts.includes(new URL(origin).host);
}
