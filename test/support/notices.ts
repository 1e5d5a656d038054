import type { Ask } from '../../src/kit/connector.ts';
import type { Addressee, NoticeItem, OutgoingMessage } from '../../src/ports/notifier.ts';

/** What a requester may write to call people, or to have something shown as what it is not. */
export const HOSTILE = '<!channel> <@U0999999> @everyone @here @all [here](https://evil.example) **x** `y`';

/** A notice of one ticket, or of as many as a test says. */
export function aNotice(
  given: { to?: string; people?: readonly Addressee[]; items?: readonly Partial<NoticeItem>[] } = {},
): OutgoingMessage {
  const items = (given.items ?? [{}]).map((item) => ({
    title: '[T-1001] Yours: Card charged',
    text: 'Queue: billing',
    link: 'https://desk.example/tickets/1001',
    ...item,
  }));
  return {
    key: 'assigned:1:team',
    to: given.to ?? 'C0123456789',
    thread: null,
    subject: items.length > 1 ? `${items.length} tickets for you` : (items[0]?.title ?? ''),
    text: 'Queue: billing',
    voice: 'notice',
    notice: { people: given.people ?? [], items },
  };
}

export function aPerson(name: string, handle: string | null = null, email: string | null = null): Addressee {
  return { name, handle, email };
}

/** One request, as it went out. */
export interface Asked {
  url: string;
  method: string;
  authorization: string | undefined;
  body: unknown;
}

/** A system that answers as it is told, 200 with `{}` when nothing is said, and writes down what it was asked. */
export function aSystem(answers: { status: number; body?: object; headers?: Record<string, string> }[] = []) {
  const asked: Asked[] = [];
  const ask: Ask = async (url, { method = 'GET', headers = {}, body }) => {
    const sent: unknown = body === undefined ? null : JSON.parse(Buffer.from(body).toString());
    asked.push({ url, method, authorization: headers['authorization'], body: sent });
    const { status, body: said = {}, headers: shown = {} } = answers.shift() ?? { status: 200 };
    return { status, headers: shown, body: Buffer.from(JSON.stringify(said)), url };
  };
  return { asked, ask };
}
