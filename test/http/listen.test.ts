import { afterEach, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../../src/http/listen.ts';

describe('the port', () => {
  const open: Listening[] = [];
  afterEach(() => Promise.all(open.splice(0).map(({ close }) => close())));

  it('keeps an idle connection longer than the proxies in front of it do', async () => {
    const server = await listen((_request, response) => response.end('here'), { port: 0, host: '127.0.0.1' });
    open.push(server);
    const response = await fetch(server.address.replace('localhost', '127.0.0.1'));
    expect(await response.text()).toBe('here');
    expect(response.headers.get('keep-alive')).toBe('timeout=75');
  });
});
