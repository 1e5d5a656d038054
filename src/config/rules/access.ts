import { listOf } from '../written/words.ts';
import type { Check, Spot } from './check.ts';

/** Issuers of Microsoft under which any company, or anybody at all, has an account with the mail address of their choice. */
const OF_EVERYBODY = /^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)\b/i;

/** Who signs in shows a secret, and is told to be somebody: nobody on the way may read it or say so. */
export const PROVIDER_TRUSTED: Check = {
  reads: ['access.yaml'],
  look({ written: { access } }, report) {
    const { provider } = access;
    if (provider === undefined) return;
    const spot: Spot = { file: 'access.yaml', path: ['provider', 'issuer'] };
    if (provider.issuer.startsWith('http:') && !provider.internal) {
      const fix = 'Take the https:// address; or, where it stands in a network of your own, set internal: true.';
      report.error(spot, 'anybody on the way could say who signs in at http://', fix);
    }
    if (OF_EVERYBODY.test(provider.issuer)) {
      const fix = 'Write the id of your own tenant: https://login.microsoftonline.com/<tenant id>/v2.0.';
      report.error(spot, 'is the issuer for the tenants of everybody, who choose mail addresses as they like', fix);
    }
  },
};

/** A grant that fits nobody, or a provider that lets nobody in, is a mistake. */
export const GRANTS_FIT: Check = {
  reads: ['access.yaml'],
  look({ written: { access } }, report) {
    access.who.forEach(({ emails, domains, claim, values }, index) => {
      const spot: Spot = { file: 'access.yaml', path: ['who', index] };
      if ((claim === undefined) !== (listOf(values).length === 0)) {
        report.error(spot, 'has a claim without values, or values without a claim', 'Write both, or neither.');
      } else if (claim === undefined && listOf(emails).length + listOf(domains).length === 0) {
        report.error(spot, 'says an access and for nobody', 'Add emails, domains, or a claim with values.');
      }
    });
    const isIdle = access.provider !== undefined && access.who.length === 0;
    if (isIdle) {
      const fix = 'Say under who who may do what, such as: - { access: admin, emails: you@example.com }.';
      report.warning({ file: 'access.yaml', path: ['provider'] }, 'nobody is let in by it', fix);
    }
    if (access.provider === undefined && access.who.length > 0) {
      const fix = 'Add a provider; docs/sign-in.md tells how.';
      report.warning({ file: 'access.yaml', path: ['who'] }, 'nobody says who people are', fix);
    }
  },
};
