/** Fields whose name in the config is not what a person would call them. */
const WORDS: Readonly<Record<string, string>> = {
  needsReview: 'the review mark',
  collaborators: 'the helping queues',
  openedAt: 'the time of the question',
  createdAt: 'the time of arrival',
  firstResponseDueAt: 'the first due time',
  resolutionDueAt: 'the due time',
  slaState: 'the SLA state',
  firstRespondedAt: 'the time of the first answer',
  lastCustomerMessageAt: 'the time of the requester’s last message',
  lastAgentMessageAt: 'the time of the team’s last message',
  resolvedAt: 'the time of the solution',
  closedAt: 'the closing time',
  reopenCount: 'the count of reopenings',
  contactCount: 'the count of messages',
  stepsDone: 'the steps',
  'requester.vip': 'the VIP mark',
  isLight: 'the mark of a quick exchange',
  writtenByMachine: 'the mark of a machine’s mail',
  escalationLevel: 'the escalation',
  accountable: 'who answers for the escalation',
  isIncident: 'the mark of an incident',
  knownIncident: 'the mark of a known incident',
  'incident.number': 'the incident',
  linkedCount: 'the count of linked tickets',
  incidentMessage: 'the incident message',
};

/** Beginnings of field names, and how a person would say the rest. */
const BEGINNINGS: readonly (readonly [string, (rest: string) => string])[] = [
  ['requester.account.', (rest) => `the account’s ${rest}`],
  ['requester.', (rest) => `the requester’s ${rest}`],
  ['reading.', (rest) => `the ${rest} that a model reads`],
  ['fields.', (rest) => `${rest} in the form`],
  ['row.', (rest) => `${rest} in the row`],
];

/** A field as a person would say it, by its name in the config: `requester.account.plan` as `the account’s plan`. */
export function fieldWords(name: string): string {
  const known = WORDS[name];
  if (known !== undefined) return known;
  for (const [beginning, say] of BEGINNINGS) {
    if (name.startsWith(beginning)) return say(name.slice(beginning.length).trim());
  }
  return name;
}
