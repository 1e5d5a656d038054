import type { Check } from './check.ts';

/** Whatever crosses a network that is not ours is encrypted. */
export const ENCRYPTED: Check = {
  reads: ['events.yaml'],
  look({ written: { events } }, report) {
    for (const [name, { url, internal }] of Object.entries(events.subscriptions)) {
      if (internal || !url.startsWith('http:')) continue;
      const fix =
        'Take the https:// address; or, where the receiver stands in a network of your own, set internal: true.';
      report.error(
        { file: 'events.yaml', path: ['subscriptions', name, 'url'] },
        'anybody on the way could read what is sent to http://',
        fix,
      );
    }
  },
};
