import { CONNECTORS } from '../../connectors/index.ts';
import type { Sample } from '../../src/ports/channel.ts';
import { aChannelGiven } from './channels.ts';
import { ALL_HOSTILE_MARKUP, HOSTILE_MARKUP } from './hostile-markup.ts';

/** Base64, as Teams has its secrets, and a word for all others. */
const SECRET = 'c2VjcmV0cyBvZiB0ZXN0cyBhcmUgbG9uZw==';

/** Without which a channel is none. */
const SETTINGS: Readonly<Record<string, object>> = { twilio: { account: 'AC0123456789abcdef0123456789abcdef' } };

/** The channels whose requests can be made here, each under the name of its kind. */
const SAMPLED = Object.values(CONNECTORS).flatMap(({ id, channel, setUp }) => {
  if (channel === undefined) return [];
  const settings = channel.settings.safeParse(SETTINGS[id] ?? {});
  if (!settings.success) return [];
  const made = channel.create(settings.data, aChannelGiven({ name: id }));
  // SendGrid alone has the key with which it signs, and is believed by a token, too.
  const isSigned = setUp?.secret !== undefined && id !== 'sendgrid';
  const hasToken = setUp?.token !== undefined && id !== 'form' && !(isSigned && id === 'webflow');
  const secrets = { tokens: hasToken ? [SECRET] : [], signing: isSigned ? [SECRET] : [] };
  const written = {
    kind: id,
    ...(SETTINGS[id] !== undefined && { settings: SETTINGS[id] }),
    ...(hasToken && { token: 'env:A_SECRET' }),
    ...(isSigned && { secret: 'env:A_SECRET' }),
  };
  return made.sample === undefined ? [] : [{ id, made, written, secrets }];
});

/** `channels.yaml` of a desk that has them all, and others. */
export function channelsYaml(others: Readonly<Record<string, object>>): string {
  const sampled = Object.fromEntries(SAMPLED.map(({ id, written }) => [id, written]));
  return JSON.stringify({ channels: { ...sampled, ...others } });
}

/** What that desk must have in its environment. */
export const CHANNEL_VARIABLES = { A_SECRET: SECRET, JSON_TOKEN: SECRET };

/** A request to the channel of that name. */
export interface HostileRequest {
  channel: string;
  sample: Sample;
}

/** A request through each of the channels, with markup in whatever its sender may write. */
export function hostileRequests(publicAddress: string, at: Temporal.Instant): readonly HostileRequest[] {
  return SAMPLED.map(({ id, made, secrets }, index) => {
    const [name = '', subject = ''] = [0, 1].map(
      (offset) => HOSTILE_MARKUP[(2 * index + offset) % HOSTILE_MARKUP.length],
    );
    const said = {
      id: `01k9zq4yxv8t6s2n0m7h5f${String(index).padStart(4, '0')}`,
      name,
      email: `o'onfocus=alert'${index}@evil.example`,
      subject: `${subject} ${index}`,
      text: `${ALL_HOSTILE_MARKUP}\nwhere is my order ${id}`,
      address: `${publicAddress}/hooks/${id}`,
      at,
    };
    const sample = made.sample?.(said, secrets);
    if (sample === null || sample === undefined) throw new Error(`Nobody makes a request of ${id}.`);
    return { channel: id, sample };
  });
}

/** A form with fields and files of any name, each of which is markup. */
export function hostileForm(): FormData {
  const form = new FormData();
  form.set('name', HOSTILE_MARKUP[1]);
  form.set('email', 'form@evil.example');
  form.set('subject', `${HOSTILE_MARKUP[0]} form`);
  form.set('message', `${ALL_HOSTILE_MARKUP}\nrefund of LF-1234567 ${HOSTILE_MARKUP[1]}`);
  for (const field of ['product', 'order number', 'phone', 'company', 'plan', 'language', 'url'])
    form.set(field, ALL_HOSTILE_MARKUP);
  for (const [index, markup] of HOSTILE_MARKUP.entries()) {
    form.set(`${markup} ${index}`, markup);
    if (index % 7 === 0) form.append('file', new Blob([ALL_HOSTILE_MARKUP], { type: 'text/html' }), `${markup}.html`);
  }
  return form;
}
