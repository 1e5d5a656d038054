import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { ProviderSettings } from '../config/access.ts';
import type { Ask } from '../kit/connector.ts';
import { type Claims, readClaims } from './wire.ts';

/** What ties the way back to the browser that went. */
export interface Leaving {
  state: string;
  nonce: string;
  verifier: string;
}

/** The provider of the config, which says who people are: OpenID Connect, by the code flow with PKCE. */
export interface Provider {
  /** Where to send somebody, and what to know when they come back. */
  leave(callback: string): Promise<{ address: string; leaving: Leaving }>;
  /** Who came back. Throws what the library has against the answer, and problems of the way there. */
  comeBack(address: URL, leaving: Leaving): Promise<Claims>;
}

/** Within it a provider answers, or somebody is told that it does not. */
const TIMEOUT_SECONDS = 10;

export function createProvider(settings: ProviderSettings & { clientSecret: string }, ask: Ask): Provider {
  const known: { configuration: Promise<Configuration> | null } = { configuration: null };

  /** Found out once, and anew after it failed. */
  function configuration(): Promise<Configuration> {
    known.configuration ??= discover(settings, ask).catch((error: unknown) => {
      known.configuration = null;
      throw error;
    });
    return known.configuration;
  }

  return {
    async leave(callback) {
      const found = await configuration();
      const leaving = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const address = buildAuthorizationUrl(found, {
        redirect_uri: callback,
        scope: settings.scopes.join(' '),
        code_challenge: await calculatePKCECodeChallenge(leaving.verifier),
        code_challenge_method: 'S256',
        state: leaving.state,
        nonce: leaving.nonce,
      });
      return { address: address.href, leaving };
    },
    async comeBack(address, { state, nonce, verifier }) {
      const found = await configuration();
      const tokens = await authorizationCodeGrant(found, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const own = tokens.claims();
      if (own === undefined) throw new Error('The library let an answer through that names nobody.');
      // Some providers say name and groups there alone. What the signed token says counts first.
      const asked =
        found.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await fetchUserInfo(found, tokens.access_token, own.sub);
      return readClaims({ ...asked, ...own });
    },
  };
}

function discover(settings: ProviderSettings & { clientSecret: string }, ask: Ask): Promise<Configuration> {
  const { issuer, clientId, clientSecret, internal } = settings;
  return discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    // What says who somebody is counts by its signature, whatever the way it came. The config check lets http: through
    // for a provider in a network of one's own alone.
    execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
    [customFetch]: async (url, { method, headers, body, signal }) => {
      const sent =
        body === null || body === undefined ? {} : { body: Buffer.from(await new Response(body).arrayBuffer()) };
      const asked = { method: method === 'POST' ? 'POST' : 'GET', headers, internal, ...sent } as const;
      const answer = await ask(url, { ...asked, timeoutSeconds: TIMEOUT_SECONDS, ...(signal && { signal }) });
      const isBare = answer.status === 204 || answer.status === 304;
      return new Response(isBare ? null : new Uint8Array(answer.body), {
        status: answer.status,
        headers: Object.entries(answer.headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      });
    },
  });
}
