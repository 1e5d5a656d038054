import { listOf } from '../written/words.ts';
import type { Check, Spot } from './check.ts';
import { checkRecipient, namesIn } from './names.ts';

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

/** Names in events.yaml: who is told when a subscription is switched off. */
export const EVENT_NAMES: Check = {
  reads: ['events.yaml'],
  look(config, report) {
    const names = namesIn(config);
    for (const [name, { notify }] of Object.entries(config.written.events.subscriptions)) {
      const spot: Spot = { file: 'events.yaml', path: ['subscriptions', name, 'notify'] };
      for (const to of listOf(notify)) checkRecipient(to, names.agent, { spot, report });
    }
  },
};
