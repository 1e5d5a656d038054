import { describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { checkConfig } from '../../src/config/load.ts';

function read(desk: string, environment: Readonly<Record<string, string>> = {}) {
  return checkConfig({ 'desk.yaml': desk }, { folder: 'config', environment, connectors: CONNECTORS });
}

const SIGNED =
  'mail:\n  perMinute: 60\n  settings:\n    dkim: { domain: desk.example, selector: a, key: env:DKIM_KEY }\n';

describe('how mail leaves', () => {
  it('has its defaults: HTML, no signature, no limit for all, and one for each address', () => {
    const found = read('');
    expect('loaded' in found && found.loaded.mail).toEqual({
      perMinute: null,
      perRecipient: { hour: 20, day: 100 },
      settings: { html: true, nullSender: false, timeoutSeconds: 60 },
    });
  });

  it('says of a key that is not set where it is asked for', () => {
    const found = read(SIGNED);
    expect('loaded' in found && found.loaded.warnings).toEqual([
      {
        severity: 'warning',
        file: 'config/desk.yaml',
        line: 4,
        column: 53,
        path: 'mail.settings.dkim.key',
        message: 'DKIM_KEY is not set, so that no mail leaves',
        fix: 'Set it in the environment or in .env, and start again.',
      },
    ]);
    const set = read(SIGNED, { DKIM_KEY: 'x' });
    expect('loaded' in set && set.loaded.warnings).toEqual([]);
  });

  it.each([
    ['mail: { settings: { htm: false } }', 'mail.settings'],
    ['mail: { settings: { dkim: { domain: desk.example, selector: a, key: MIIB } } }', 'mail.settings.dkim.key'],
    ['mail: { settings: { dkim: { domain: "a b", selector: a, key: env:X } } }', 'mail.settings.dkim.domain'],
    ['mail: { perMinute: 0 }', 'mail.perMinute'],
  ])('refuses %s', (desk, path) => {
    const found = read(desk);
    expect('findings' in found && found.findings.map((finding) => finding.path)[0]).toContain(path);
  });
});
