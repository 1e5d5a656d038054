import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

const GOOGLE = `provider:
  title: Google
  issuer: https://accounts.google.com
  clientId: tabledesk
  clientSecret: env:SIGN_IN_SECRET
who:
  - { access: viewer, domains: Example.com }
  - { access: admin, emails: Ana@Example.com }
`;

describe('access.yaml', () => {
  it('says who may do what, those who may do most first, in small letters', () => {
    const { access } = aConfig({ 'access.yaml': GOOGLE }, { SIGN_IN_SECRET: 's' });
    expect(access).toEqual({
      provider: {
        title: 'Google',
        issuer: 'https://accounts.google.com',
        clientId: 'tabledesk',
        clientSecret: 's',
        scopes: ['openid', 'email', 'profile'],
        nameClaim: 'name',
        internal: false,
      },
      who: [
        { access: 'admin', emails: ['ana@example.com'], domains: [], claim: null, values: [] },
        { access: 'viewer', emails: [], domains: ['example.com'], claim: null, values: [] },
      ],
      passwords: 'all',
    });
  });

  it('leaves the doors as they are where it says nothing', () => {
    expect(aConfig({}).access).toEqual({ provider: null, who: [], passwords: 'all' });
  });

  it('warns of a secret that is not set, and of a provider that lets nobody in', () => {
    const findings = findingsOf({ 'access.yaml': GOOGLE.replace(/who:[^]*/, '') }).join('\n');
    expect(findings).toContain('SIGN_IN_SECRET is not set, so that nobody can sign in with Google');
    expect(findings).toContain('nobody is let in by it');
  });

  it.each([
    ['https://accounts.google.com', 'http://login.example.com', 'anybody on the way could say who signs in at http://'],
    [
      'https://accounts.google.com',
      'https://login.microsoftonline.com/common/v2.0',
      'is the issuer for the tenants of everybody, who choose mail addresses as they like',
    ],
    ['env:SIGN_IN_SECRET', 'hunter2', 'is not a reference to a secret, and no secret stands in a file'],
    ['domains: Example.com', 'claim: groups', 'has a claim without values, or values without a claim'],
    ['domains: Example.com', 'values: [support]', 'has a claim without values, or values without a claim'],
    [', domains: Example.com', '', 'says an access and for nobody'],
    ['access: viewer', 'access: owner', 'is not an access'],
    ['domains: Example.com', "domains: '@example.com'", 'is not a domain, such as example.com'],
  ])('refuses %s as %s', (right, wrong, words) => {
    expect(findingsOf({ 'access.yaml': GOOGLE.replace(right, wrong) }).join('\n')).toContain(words);
  });

  it('lets a provider in a network of our own speak http', () => {
    const own = GOOGLE.replace('https://accounts.google.com', 'http://login.lan/realms/desk\n  internal: true');
    expect(findingsOf({ 'access.yaml': own }, { SIGN_IN_SECRET: 's' })).toEqual([]);
  });
});
