/** What a mail of a test is made of. */
interface Written {
  from?: string;
  headers?: readonly string[];
  body?: string | Uint8Array;
  /** Of a mail in parts. */
  type?: string;
  parts?: readonly string[];
}

/** A mail as it comes over the wire. */
export function aMail({
  from = 'Greta Holm <greta@example.com>',
  headers = [],
  body = '',
  type,
  parts = [],
}: Written): Buffer {
  const multipart = type === undefined ? [] : [`Content-Type: ${type}; boundary="=-="`];
  const head = [`From: ${from}`, 'To: help@desk.example', 'MIME-Version: 1.0', ...headers, ...multipart].join('\r\n');
  const whole = type === undefined ? body : `${parts.map((part) => `--=-=\r\n${part}\r\n`).join('')}--=-=--\r\n`;
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(whole)]);
}

/** What every recorded mail of a provider says, in whatever form the provider hands it on. */
export const RECORDED_MAIL = {
  externalId: 'CAF=1@mail.example.com',
  from: { name: 'Zoë Müller', email: 'zoe@example.com' },
  subject: 'Grüße 🙈',
  text: 'I was charged twïce.\n\nOn Sun, 1 Mar 2026 at 10:00, Desk <help@desk.example> wrote:\n> Which card?',
  thread: {
    belongsTo: ['mail:ours@desk.example', 'mail:first@example.com'],
    knownAs: ['mail:CAF=1@mail.example.com'],
  },
  attachments: [{ name: 'shot.png', contentType: 'image/png', size: 8, url: null, part: 0 }],
  automatic: null,
};

/** Its file. */
export const RECORDED_FILE = Buffer.from('iVBORw0KGgo=', 'base64');
