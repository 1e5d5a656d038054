import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSigning } from '../../../connectors/email/dkim.ts';
import { createEmailNotifier } from '../../../connectors/email/notifier.ts';
import { relayOf } from '../../../connectors/email/relays.ts';
import { EmailSettings } from '../../../connectors/email/settings.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { aMailServer, type MailServer } from '../../support/mail-server.ts';

const PAIR = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = PAIR.privateKey.export({ type: 'pkcs8', format: 'pem' });
const DKIM = { domain: 'desk.example', selector: 'desk', key: 'env:DKIM_KEY' };

const MESSAGE: OutgoingMessage = {
  key: 'ack:01JD3G2N',
  to: 'greta@example.com',
  thread: null,
  subject: 'Ihre Anfrage: Größe 💳 und ein Betreff, der so lang ist, dass er umgebrochen wird',
  text: 'Danke.  \n\n. \nWir haben sie.\n\n\n',
  voice: 'answer',
  ties: { address: null, token: 'a'.repeat(42), earlier: ['mail:1@example.com'] },
};

describe('a signed mail', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await aMailServer();
  });
  afterAll(() => server.close());

  async function sentWith(settings: object): Promise<string> {
    const environment = { SMTP_URL: server.url, MAIL_FROM: 'Help <help@desk.example>', DKIM_KEY: PEM };
    const notifier = createEmailNotifier(EmailSettings.parse(settings), { environment });
    await notifier.send(MESSAGE);
    notifier.close?.();
    return server.arrived.at(-1)?.text ?? '';
  }

  it('is signed so that whoever has the record can check headers and text (A-084)', async () => {
    const raw = await sentWith({ dkim: DKIM });
    const { record } = readSigning(DKIM, { DKIM_KEY: PEM });
    expect(record.name).toBe('desk._domainkey.desk.example');
    expect(verdict(raw, record.text)).toMatchObject({ d: 'desk.example', s: 'desk', body: true, signature: true });
    expect(raw).toContain('Danke.');
    expect(verdict(raw.replace('Danke.', 'Bitte.'), record.text)).toMatchObject({ body: false, signature: true });
    expect(verdict(raw.replace(/^Reply-To: .*$/m, 'Reply-To: x@evil.example'), record.text).signature).toBe(false);
  });

  it('bears no signature where none is asked for', async () => {
    expect(await sentWith({})).not.toMatch(/^dkim-signature:/im);
  });

  it('says what must stand in the DNS', () => {
    const environment = { SMTP_URL: server.url, MAIL_FROM: 'help@desk.example', DKIM_KEY: PEM };
    const signed = createEmailNotifier(EmailSettings.parse({ dkim: DKIM }), { environment });
    expect(signed.dns).toEqual([readSigning(DKIM, environment).record]);
    expect(createEmailNotifier(EmailSettings.parse({}), { environment })).not.toHaveProperty('dns');
  });
});

describe('the key of a signature', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabledesk-test-'));
  const file = join(folder, 'dkim.pem');
  writeFileSync(file, PEM);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['as PEM', PEM],
    ['as PEM in one line', PEM.trim().replaceAll('\n', String.raw`\n`)],
    ['as PEM in base64', Buffer.from(PEM).toString('base64')],
    ['as DER in base64', PAIR.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')],
    ['as PKCS #1', PAIR.privateKey.export({ type: 'pkcs1', format: 'pem' })],
    ['in a file', file],
  ])('is read %s', (_, written) => {
    const { record, privateKey } = readSigning(DKIM, { DKIM_KEY: written });
    expect(privateKey).toBe(PEM);
    const shown = PAIR.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    expect(record.text).toBe(`v=DKIM1; k=rsa; p=${shown}`);
  });

  it.each([
    [undefined, 'DKIM_KEY, the key of dkim, is not set.'],
    ['/nowhere/dkim.pem', 'DKIM_KEY holds no private key that can be read, and names no file with one.'],
    [
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
      'DKIM_KEY holds no RSA key of 1024 bits or more.',
    ],
  ])('is refused as %j, and never shown', (written, message) => {
    expect(() => readSigning(DKIM, { DKIM_KEY: written })).toThrow(
      expect.objectContaining({ code: 'email.dkim-key-invalid', message, retry: 'later' }),
    );
  });
});

describe('a relay that names mails anew', () => {
  it.each([
    ['email-smtp.eu-west-1.amazonaws.com', '<0102019d1afd38a6-aa-000000@eu-west-1.amazonses.com>'],
    ['email-smtp.us-east-1.amazonaws.com', '<0102019d1afd38a6-aa-000000@email.amazonses.com>'],
    ['email-smtp-fips.us-west-2.api.aws', '<0102019d1afd38a6-aa-000000@us-west-2.amazonses.com>'],
    ['smtp.postmarkapp.com', null],
    ['smtp.example.com', null],
  ])('%s gives %s', (host, name) => {
    expect(relayOf(host).nameIn('250 Ok 0102019d1afd38a6-aa-000000')).toBe(name);
  });

  it('is asked to keep ours where it can, and no signature covers what it writes anew', () => {
    expect(relayOf('smtp.postmarkapp.com').headers).toEqual({ 'X-PM-KeepID': 'true' });
    expect(relayOf('email-smtp.eu-west-1.amazonaws.com').rewrites).toEqual(['message-id', 'date']);
    expect(relayOf('email-smtp.eu-west-1.amazonaws.com').nameIn('250 2.0.0 OK queued')).toBe(null);
  });
});

/** What a receiver finds by RFC 6376, relaxed/relaxed. */
function verdict(raw: string, record: string) {
  const at = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, at).split(/\r\n(?![ \t])/);
  const signed = headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const tags = Object.fromEntries(
    signed
      .slice(signed.indexOf(':') + 1)
      .split(';')
      .map((tag) => {
        const [name = '', ...value] = tag.trim().split('=');
        return [name, value.join('=').replaceAll(/\s/g, '')];
      }),
  );
  const lines = raw
    .slice(at + 4)
    .split('\r\n')
    .map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  const body = `${lines.join('\r\n').replace(/(\r\n)*$/, '')}\r\n`;
  const relaxed = (line: string) =>
    `${line.slice(0, line.indexOf(':')).toLowerCase().trim()}:${line
      .slice(line.indexOf(':') + 1)
      .replaceAll('\r\n', '')
      .replaceAll(/[ \t]+/g, ' ')
      .trim()}`;
  const named = (tags['h'] ?? '').split(':').map((name) => {
    const line = headers.findLast((each) => each.toLowerCase().startsWith(`${name}:`)) ?? '';
    return `${relaxed(line)}\r\n`;
  });
  const content = named.join('') + relaxed(signed.replace(/(\bb=)[^;]*$/, '$1'));
  const [, key = ''] = /p=(.*)$/.exec(record) ?? [];
  const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  return {
    d: tags['d'],
    s: tags['s'],
    h: tags['h'],
    body: createHash('sha256').update(body).digest('base64') === tags['bh'],
    signature: verify('sha256', Buffer.from(content), publicKey, Buffer.from(tags['b'] ?? '', 'base64')),
  };
}
