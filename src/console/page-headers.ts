import type { NextFunction, Request, Response } from 'express';

/**
 * Nothing runs and nothing is drawn on a page but what comes from us: no inline script or style, no
 * frame, no form to elsewhere. Small pictures of the style sheet are `data:`. The referrer stays within
 * our pages, but goes there: without it browsers hide where a form comes from.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  // Pages hold what customers wrote: no shared computer keeps them after the sign-out.
  'Cache-Control': 'no-store',
};

/** Sets the headers of every page. */
export function pageHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set(HEADERS);
  next();
}
