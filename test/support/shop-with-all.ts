import type { LoadedConfig } from '../../src/config/live.ts';
import { exampleFiles, loadedFiles } from './example-config.ts';

/** What the shop does not use, and the IT desk or nobody among the examples does. */
const ADDED: Readonly<Record<string, string>> = {
  'triage.yaml': `
steps:
  return: [label sent, parcel came, money sent]
incidents:
  window: 4h
  reports: 3
  when: { category: delivery }
  notify: [Aoife Byrne]
  template: incident-known
  resolvedTemplate: incident-resolved
related: 3
showGuesses: true
model:
  name: small
  when: { text: { mentions: [read this] } }
  takes: [summary]
  drafts: [return]
`,
  'intake.yaml': `
clarify:
  - name: Which order goes back
    why: Without the number there is no label.
    owner: head of care
    when: { text: { mentions: [send back, too small] } }
    ask:
      - { field: fields.order_number, question: What is the number of your order? }
    template: missing
    remindAfter: 24h
    giveUpAfter: 48h
`,
  'sla.yaml': `    promise: { first_reply: 18h, total_resolution: 45h }
`,
  'customers.yaml': `
accounts:
  Harbour Hotel: { domains: [harbour.example], tier: trade, vip: true }
`,
  'articles/returns.md': `---
title: How returns work
url: https://larkfield.example/returns
---

Send back boots and coats within thirty days, with the label that we mail to you.
`,
  'replies/label.md': `---
title: The label for the parcel
suggestWhen: { category: return }
---

The label is in your mail, {{ requester.name }}. Put it on the parcel.
`,
  'replies/missing.md': `---
subject: 'A question about {{ ticket.subject }} [{{ ticket.number }}]'
---

{{ missing.questions }}
`,
};

/** The files of the shop of the examples on a desk that uses everything. */
export function filesOfShopWithAll(): Readonly<Record<string, string>> {
  const shop = exampleFiles('shop');
  const lent = Object.entries(exampleFiles('it-desk')).filter(([name]) => name.startsWith('replies/incident-'));
  const grown = Object.entries(ADDED).map(([name, text]) => [name, `${shop[name] ?? ''}${text}`]);
  return { ...shop, ...Object.fromEntries([...lent, ...grown]) };
}

/** The same as the service reads it, so that its base has every column. */
export function theShopWithAll(): LoadedConfig {
  const loaded = loadedFiles(filesOfShopWithAll());
  const { survey } = loaded.policy.followUp;
  // Whether a ticket is drawn hangs on its key; here all are.
  const followUp = { ...loaded.policy.followUp, survey: survey && { ...survey, share: 1 } };
  return { ...loaded, policy: { ...loaded.policy, followUp } };
}
