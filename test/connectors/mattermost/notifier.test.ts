import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMattermostNotifier } from '../../../connectors/mattermost/notifier.ts';
import { ask } from '../../../src/kit/ask.ts';
import { aNotice, aPerson, aSystem, HOSTILE } from '../../support/notices.ts';

const Said = z.object({ text: z.string() });

const WEBHOOK = 'https://chat.example/hooks/abc';

describe('notices in Mattermost', () => {
  it('go out by the incoming webhook, into its channel or the one that is named', async () => {
    const { ask: asking, asked } = aSystem();
    const notifier = createMattermostNotifier({}, { access: WEBHOOK, ask: asking });
    const people = [aPerson('Ana', '@ana.t'), aPerson('all', 'all'), aPerson('Ben')];
    await notifier.send(aNotice({ to: '', people }));
    await notifier.send(aNotice({ to: 'support-team', items: [{ link: null }, { text: '' }] }));
    expect(asked.map(({ body }) => body)).toEqual([
      {
        text: 'For @ana.t, all, Ben\n\n[**\\[T\\-1001\\] Yours: Card charged**](https://desk.example/tickets/1001)\n\nQueue: billing',
      },
      {
        channel: 'support-team',
        text: '**2 tickets for you**\n\n- **\\[T\\-1001\\] Yours: Card charged**\n- [**\\[T\\-1001\\] Yours: Card charged**](https://desk.example/tickets/1001)',
      },
    ]);
  });

  it('call nobody by what a requester wrote, and show it as it was written', async () => {
    const { ask: asking, asked } = aSystem();
    await createMattermostNotifier({}, { access: WEBHOOK, ask: asking }).send(aNotice({ items: [{ title: HOSTILE }] }));
    const { text } = Said.parse(asked[0]?.body);
    expect(text).not.toMatch(/@\w/);
    expect(text).toContain('\\[here\\]\\(https://evil\\.example\\)');
  });

  it('reach a server in a network of our own only where the way says so', async () => {
    const server = createServer((_request, response) => void response.end('ok')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const access = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/abc`;
    const inside = createMattermostNotifier(
      {},
      { access, ask: (url, asked) => ask(url, { internal: true, ...asked }) },
    );
    expect(await inside.send(aNotice())).toMatchObject({ kind: 'sent' });
    const outside = createMattermostNotifier({}, { access, ask });
    await expect(outside.send(aNotice())).rejects.toMatchObject({ code: 'fetch.address-refused' });
    server.close();
  });
});
