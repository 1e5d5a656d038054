import type { Request, Response } from 'express';

/** The names of our cookies. */
export const SESSION_COOKIE = 'tabledesk_session';
export const PERSON_COOKIE = 'tabledesk_person';
/** Of somebody who is at the provider. */
export const LEFT_COOKIE = 'tabledesk_left';
export const THEME_COOKIE = 'tabledesk_theme';

/** A year: what a browser remembers for convenience. */
const A_YEAR_MILLISECONDS = 365 * 24 * 3_600_000;

/** Reads one cookie of a request; null when it has none of that name, or one that nobody can read. */
export function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.get('cookie') ?? '').split(';')) {
    const cut = pair.indexOf('=');
    if (cut < 0 || pair.slice(0, cut).trim() !== name) continue;
    try {
      return decodeURIComponent(pair.slice(cut + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}

/** Sets a cookie that scripts cannot read and other sites' forms do not send. */
export function setCookie(
  response: Response,
  { name, value }: { name: string; value: string },
  { isSecure, milliseconds = A_YEAR_MILLISECONDS }: { isSecure: boolean; milliseconds?: number },
): void {
  response.cookie(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    path: '/',
    maxAge: milliseconds,
  });
}

export function dropCookie(response: Response, name: string): void {
  response.clearCookie(name, { path: '/' });
}
