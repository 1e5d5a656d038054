import type { Notifier } from '../ports/notifier.ts';

/**
 * A way out that goes by the settings in force: it is opened anew when they change. What an older one has in hand, it
 * still sends; then its connections end by themselves.
 *
 * @throws Problem those of opening it as the settings are now
 */
export async function liveNotifier(
  settings: () => unknown,
  open: (settings: unknown) => Promise<Notifier>,
): Promise<Notifier> {
  const opened: Notifier[] = [];
  let current = await openNow();

  async function openNow() {
    const wanted = settings();
    const notifier = await open(wanted);
    opened.push(notifier);
    return { notifier, by: JSON.stringify(wanted) };
  }

  async function inForce(): Promise<Notifier> {
    if (JSON.stringify(settings()) !== current.by) current = await openNow();
    return current.notifier;
  }

  return {
    send: async (message) => (await inForce()).send(message),
    check: async () => (await inForce()).check?.(),
    close: () => opened.forEach((each) => each.close?.()),
  };
}
