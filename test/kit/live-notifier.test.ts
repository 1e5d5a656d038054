import { describe, expect, it } from 'vitest';
import { liveNotifier } from '../../src/kit/live-notifier.ts';
import type { OutgoingMessage } from '../../src/ports/notifier.ts';

const MESSAGE: OutgoingMessage = {
  key: 'a',
  to: 'a@example.com',
  thread: null,
  subject: '',
  text: '',
  voice: 'answer',
};

describe('a way out that follows the config', () => {
  it('is opened anew when its settings change, and only then, and lets go of all in the end', async () => {
    const held = { settings: { html: true } };
    const closed: unknown[] = [];
    const opened: unknown[] = [];
    const way = await liveNotifier(
      () => held.settings,
      async (settings) => {
        opened.push(settings);
        return {
          send: async () => ({ kind: 'sent', id: JSON.stringify(settings) }),
          close: () => closed.push(settings),
        };
      },
    );
    await way.send(MESSAGE);
    held.settings = { html: true };
    await way.send(MESSAGE);
    held.settings = { html: false };
    expect(await way.send(MESSAGE)).toEqual({ kind: 'sent', id: '{"html":false}' });
    expect(opened).toEqual([{ html: true }, { html: false }]);
    way.close?.();
    expect(closed).toEqual([{ html: true }, { html: false }]);
  });

  it('fails to open as it would be used', async () => {
    const open = () => Promise.reject(new Error('no key'));
    await expect(liveNotifier(() => ({}), open)).rejects.toThrow('no key');
  });
});
