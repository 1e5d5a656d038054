import { afterEach, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../../src/http/listen.ts';

describe('the port', () => {
  const open: Listening[] = [];
  afterEach(() => Promise.all(open.splice(0).map(({ close }) => close())));

  async function listening(answer: () => Promise<string>): Promise<Listening & { url: string }> {
    const server = await listen((_request, response) => void answer().then((text) => response.end(text)), {
      port: 0,
      host: '127.0.0.1',
    });
    open.push(server);
    return { ...server, url: server.address.replace('localhost', '127.0.0.1') };
  }

  it('keeps an idle connection longer than the proxies in front of it do', async () => {
    const { url } = await listening(async () => 'here');
    const response = await fetch(url);
    expect(await response.text()).toBe('here');
    expect(response.headers.get('keep-alive')).toBe('timeout=75');
  });

  it('closes when the last answer is given, though its connection could be used again', async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<string>();
    const { url, close } = await listening(() => {
      asked.resolve();
      return answer.promise;
    });
    const response = fetch(url);
    await asked.promise;
    open.splice(0);
    const closed = close();
    answer.resolve('the last');
    expect(await (await response).text()).toBe('the last');
    // A connection that stayed would keep it for 75 s, and the test fails by its time limit.
    await closed;
  });
});
