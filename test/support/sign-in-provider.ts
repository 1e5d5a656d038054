import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** What our client is called there, and its secret. */
export const CLIENT = { id: 'tabledesk', secret: 'a secret of the provider and the desk' };

/** People whom the provider knows, by what they type to sign in; any password will do. */
const PEOPLE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ana: { name: 'Ana Brandt', email: 'Ana@desk.example', email_verified: true },
  ben: { name: 'Ben', email: 'ben@elsewhere.example', email_verified: true, groups: ['support', 'cooking'] },
  mallory: { name: 'Ana', email: 'mallory@desk.example', email_verified: true },
  eve: { name: 'Eve', email: 'eve@desk.example', email_verified: false },
  otto: { name: 'Otto', email: 'otto@elsewhere.example', email_verified: true, groups: ['cooking'] },
};

export interface SignInProvider {
  issuer: string;
  /** Lets a desk send people back to an address of its own. */
  knowDesk(address: string): void;
  /** Goes where a desk sent somebody, signs in as one of the people, and gives the address to which they are sent back. */
  signInAs(person: string, address: string): Promise<string>;
  /** Goes there and wants to go no further. */
  cancel(address: string): Promise<string>;
  close(): Promise<void>;
}

/** A real OpenID Connect provider on loopback, with the pages by which it asks who somebody is. */
export async function aSignInProvider(): Promise<SignInProvider> {
  const held: { handle: ReturnType<Provider['callback']> | null } = { handle: null };
  const server = createServer((request, response) => void held.handle?.(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    knowDesk(address) {
      held.handle = providerFor(issuer, `${address}/signin/callback`).callback();
    },
    async signInAs(person, address) {
      const browser = aBrowser(issuer);
      const page = await browser.follow(address);
      return browser.follow(page, { prompt: 'login', login: person, password: 'any' });
    },
    async cancel(address) {
      const browser = aBrowser(issuer);
      const page = await browser.follow(address);
      return browser.follow(`${page}/abort`);
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function providerFor(issuer: string, callback: string): Provider {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [callback],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    pkce: { required: () => true },
    cookies: { keys: ['of a test'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...PEOPLE[id] }) }),
    // Nobody is asked whether the desk may know their name.
    async loadExistingGrant(context) {
      const { client, session } = context.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
  });
  return provider;
}

/** Follows redirects within the provider, with its cookies, and says where it ended or was sent elsewhere. */
function aBrowser(issuer: string) {
  const cookies = new Map<string, string>();
  async function follow(address: string, form?: Readonly<Record<string, string>>): Promise<string> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const response = await fetch(address, { ...sent, headers: { cookie }, redirect: 'manual' });
    await response.arrayBuffer();
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return address;
    const next = new URL(location, address).href;
    return next.startsWith(issuer) ? follow(next) : next;
  }
  return { follow };
}
