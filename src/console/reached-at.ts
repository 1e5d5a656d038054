import type { Request } from 'express';

/** The address at which we are reached, without a slash at its end, for people to paste elsewhere. */
export function reachedAt(request: Request, publicAddress: string | null): string {
  return publicAddress ?? `${request.protocol}://${request.host}`;
}
