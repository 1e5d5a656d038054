import { describe, expect, it } from 'vitest';
import type { ResolveTxt } from '../../src/cli/doctor/dns.ts';
import { checkMailDns } from '../../src/cli/doctor/mail-dns.ts';

const RECORD = { name: 'desk._domainkey.mail.example.com', text: 'v=DKIM1; k=rsa; p=MIIB' };

function dns(said: Readonly<Record<string, readonly string[]>>): ResolveTxt {
  return async (name) => said[name] ?? [];
}

describe('what the DNS says of our mail', () => {
  it('is well when key, SPF and DMARC are there, with the key in pieces and DMARC on the domain above', async () => {
    const found = await checkMailDns(
      { domain: 'mail.example.com', records: [RECORD] },
      dns({
        [RECORD.name]: ['v=DKIM1;k=rsa; p=MI IB;'],
        'mail.example.com': ['v=spf1 -all'],
        '_dmarc.example.com': ['v=DMARC1; p=reject'],
      }),
    );
    expect(found).toEqual([
      {
        what: 'Mail',
        sign: 'good',
        message: 'Mail is signed, and desk._domainkey.mail.example.com has the key.',
        fix: null,
      },
    ]);
  });

  it.each([
    [[], 'Add it as a TXT record: v=DKIM1; k=rsa; p=MIIB'],
    [['v=DKIM1; k=rsa; p=OTHER'], 'Make the TXT record say: v=DKIM1; k=rsa; p=MIIB'],
  ])('is wrong when the key there is %j', async (texts, fix) => {
    const [found] = await checkMailDns(
      { domain: 'mail.example.com', records: [RECORD] },
      dns({ [RECORD.name]: texts }),
    );
    expect(found).toMatchObject({ sign: 'error', fix });
  });

  it('could be better without SPF and DMARC, and nobody asks what stands above all domains', async () => {
    const asked: string[] = [];
    const found = await checkMailDns({ domain: 'example.com', records: [] }, async (name) => {
      asked.push(name);
      return name === 'example.com' ? ['v=spf10'] : [];
    });
    expect(found.map(({ sign, message }) => [sign, message.slice(0, 43)])).toEqual([
      ['advice', 'example.com says nothing of who may send it'],
      ['advice', 'example.com says nothing of mail that is no'],
    ]);
    expect(asked).toEqual(['example.com', '_dmarc.example.com']);
  });

  it('tells the record all the same when the DNS cannot be asked', async () => {
    const found = await checkMailDns({ domain: 'example.com', records: [RECORD] }, async () => null);
    expect(found.map(({ sign, fix }) => [sign, fix])).toEqual([
      ['warning', 'Look again where this machine reaches the DNS.'],
      ['advice', 'v=DKIM1; k=rsa; p=MIIB'],
    ]);
  });
});
