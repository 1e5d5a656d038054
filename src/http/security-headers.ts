import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What pages may load: only what we serve, and pictures that a style sheet holds itself. */
const CONTENT_POLICY = {
  'default-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/**
 * The headers of every answer. The referrer policy is not `no-referrer`, since browsers then call the
 * origin of a form `null`, by which neither the console nor a form channel could tell its own pages.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY },
    referrerPolicy: { policy: 'same-origin' },
    // Browsers keep to it over https only; what else a team serves under its domain is not ours to bind.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    // Without https, browsers ignore it and complain.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xFrameOptions: { action: 'deny' },
  });
}
