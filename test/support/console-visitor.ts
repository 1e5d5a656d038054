import type { Access } from '../../src/kit/access.ts';
import { PASSWORDS } from './console-server.ts';

/** What came back, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Where it leads, without the server's address; null when it stays. */
  location: string | null;
}

/** Somebody with a browser of sorts: keeps cookies, sends forms, follows nothing by itself. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form as a page of ours would, with the token of its session. */
  post(path: string, fields?: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form without a token or an origin of its own. */
  postBare(path: string, fields?: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Answer>;
  /** Left out, as an admin. */
  signIn(person?: string, access?: Access): Promise<void>;
  cookies: Map<string, string>;
}

export function aVisitor(address: string): Visitor {
  const cookies = new Map<string, string>();

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie === '' ? {} : { cookie }), ...Object.fromEntries(new Headers(init.headers)) };
    const response = await fetch(`${address}${path}`, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const { status } = response;
    return {
      status,
      headers: response.headers,
      text: await response.text(),
      location: response.headers.get('location'),
    };
  }

  async function csrfToken(): Promise<string> {
    const { text } = await send('/me', {});
    return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
  }

  return {
    cookies,
    get: (path, headers = {}) => send(path, { headers }),
    async post(path, fields = {}, headers = {}) {
      const body = new URLSearchParams({ _csrf: await csrfToken(), ...fields });
      return send(path, { method: 'POST', body, headers: { origin: address, ...headers } });
    },
    postBare: (path, fields = {}, headers = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
    async signIn(person = 'Ana', access = 'admin') {
      await this.postBare('/signin', { secret: PASSWORDS[access] });
      await this.post('/me', { person });
    },
  };
}
