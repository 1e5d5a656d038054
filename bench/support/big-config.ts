import { CONNECTORS } from '../../connectors/index.ts';
import { formatFinding } from '../../src/config/finding.ts';
import type { LoadedConfig } from '../../src/config/live.ts';
import { checkConfig } from '../../src/config/load.ts';
import type { SourceReader } from '../../src/config/source-reader.ts';

/** Sixty things and forty troubles: 2,400 phrases, so that nearly each of them belongs to a rule. */
const THINGS =
  words(`app website checkout export import calendar invoice report login printer button page list form filter
  search menu upload download widget account password profile picture subscription order delivery parcel refund payment
  card receipt discount voucher contract license backup server network router cable screen keyboard battery charger
  update version plugin theme template newsletter email attachment signature folder archive sync chart dashboard scanner`);
const TROUBLES = words(`broken missing slow empty wrong late lost blocked frozen stuck expired locked hidden duplicated
  outdated damaged offline rejected cancelled delayed unreadable garbled deleted disabled cropped misspelled overpriced
  unclear crashed failed looping flickering overheating leaking cracked bent noisy silent dark blurry`);
const CATEGORIES = ['billing', 'bug', 'question', 'access', 'delivery', 'account', 'hardware', 'feedback'];
const SEVERITIES = ['low', 'medium', 'high', 'critical'];
const PRIORITIES = ['low', 'medium', 'high'];
const SKILLS = ['billing', 'technical', 'french', 'spanish', 'german', 'mobile'];
const QUEUES = ['support', 'billing', 'technical', 'access', 'logistics', 'success'];

/** Of a hundred rules two ask with a pattern; people who have many rules have written phrases. */
const PATTERN_EVERY = 50;

/** A desk of its size as YAML, read by the loader that reads an admin's files. Throws when it is not in order. */
export function bigConfig(size: { rules: number; agents: number }): LoadedConfig {
  return loadedFrom(bigFiles(size));
}

/** The files of such a desk. */
export function bigFiles({ rules, agents }: { rules: number; agents: number }): Readonly<Record<string, string>> {
  const routingRules = Math.floor(rules / 10);
  return {
    'desk.yaml': 'name: Big desk\ntimeZone: Europe/Berlin\n',
    'channels.yaml': 'channels: { website: { kind: form }, shop: { kind: form } }\n',
    'people.yaml': people(agents),
    'triage.yaml': triage(rules - routingRules),
    'routing.yaml': routing(routingRules),
    'sla.yaml': SLA,
  };
}

/** What the files come to. Throws when they are not in order. */
export function loadedFrom(files: Readonly<Record<string, string>>, reader?: SourceReader): LoadedConfig {
  const given = { folder: 'bench', environment: {}, connectors: CONNECTORS };
  const result = checkConfig(files, reader === undefined ? given : { ...given, reader });
  if ('loaded' in result) return result.loaded;
  throw new Error(result.findings.slice(0, 10).map(formatFinding).join('\n'));
}

function triage(count: number): string {
  const rules = times(count, (n) => rule(`Triage ${n}`, { when: triageCondition(n), then: triageThen(n) }));
  return `categories: [${CATEGORIES.join(', ')}]\nreviewQueue: support\nrules:\n${rules}`;
}

/** Mostly phrases, some with a second condition: as people write them. */
function triageCondition(n: number): string {
  if (n % PATTERN_EVERY === 0) return `{ text: { matches: '\\bpart-${n}-\\d{4}\\b' } }`;
  const phrases = `text: { mentions: [${phrasesOf(n).join(', ')}] }`;
  if (n % 10 === 1) return `{ ${phrases}, channel: [website, shop] }`;
  if (n % 10 === 3) return `{ all: [{ ${phrases} }], not: { text: { mentions: [thank you for solving ${n}] } } }`;
  if (n % 10 === 5) return `{ ${phrases}, requester.domain: customer-${n}.example }`;
  if (n % 10 === 7) return `{ any: [{ ${phrases} }, { requester.account.tier: tier-${n} }] }`;
  if (n % 10 === 9) return `{ ${phrases}, inHours: day }`;
  return `{ ${phrases} }`;
}

/** Five phrases that no other rule has; one in five stands for any ending. */
function phrasesOf(n: number): string[] {
  return [0, 1, 2, 3, 4].map((offset) => {
    const at = n * 5 + offset;
    const trouble = cyclic(TROUBLES, Math.floor(at / THINGS.length));
    return `${cyclic(THINGS, at)} ${offset === 4 ? `${trouble.slice(0, 5)}*` : trouble}`;
  });
}

function triageThen(n: number): string {
  const tag = `tags: [topic-${n}]`;
  if (n % 3 === 0) return `{ category: ${cyclic(CATEGORIES, n)}, severity: ${cyclic(SEVERITIES, n)}, ${tag} }`;
  if (n % 3 === 1) return `{ category: ${cyclic(CATEGORIES, n)}, ${tag} }`;
  return `{ priority: ${cyclic(PRIORITIES, n)}, ${tag} }`;
}

function routing(count: number): string {
  const byCategory = CATEGORIES.map((category, n) =>
    rule(`Route ${category}`, { when: `{ category: ${category} }`, then: `{ queue: ${cyclic(QUEUES, n)} }` }),
  );
  const bySkill = times(Math.max(0, count - byCategory.length), (n) =>
    rule(`Route ${n}`, {
      when: `{ text: { mentions: [sprache ${n}, langue ${n}, idioma ${n}] } }`,
      then: `{ preferredSkills: [${cyclic(SKILLS, n)}] }`,
    }),
  );
  return `defaultQueue: support\nrules:\n${byCategory.join('')}${bySkill}`;
}

/** Everybody works somewhere within the week, knows two things and is in three queues. */
function people(count: number): string {
  const agents = times(
    count,
    (n) =>
      `  Agent ${n}: { skills: [${cyclic(SKILLS, n)}, ${cyclic(SKILLS, n + 2)}], calendar: ${cyclic(['day', 'early', 'late'], n)}, cap: ${30 + (n % 20)} }\n`,
  );
  const queues = QUEUES.map((queue, at) => {
    const members = Array.from({ length: count }, (_, n) => n).filter((n) => (n + at) % 2 === 0);
    return `  ${queue}: { members: [${members.map((n) => `Agent ${n}`).join(', ')}], calendar: day }\n`;
  });
  return `${CALENDARS}agents:\n${agents}queues:\n${queues.join('')}`;
}

const CALENDARS = `calendars:
  day: { hours: { Mon-Fri: '08:00-12:30, 13:00-18:00' }, holidays: [2026-12-25, 2026-12-26] }
  early: { hours: { Mon-Sat: '06:00-14:00' } }
  late: { hours: { Mon-Fri: '12:00-20:00' }, timeZone: Europe/London }
`;

const SLA = `policies:
  - name: Enterprise
    why: Our contract says so.
    owner: head of support
    when: { requester.account.tier: enterprise }
    calendar: day
    targets:
      first_reply: { critical: 15m, high: 1h, medium: 2h, low: 4h }
      requester_wait: { critical: 2h, high: 8h, medium: 16h, low: 32h }
      next_reply: { critical: 15m, high: 1h, medium: 2h, low: 4h }
  - name: Standard
    why: Our terms say so.
    owner: head of support
    calendar: day
    targets:
      first_reply: { critical: 30m, high: 2h, medium: 4h, low: 9h }
      requester_wait: { critical: 4h, high: 9h, medium: 27h, low: 45h }
      next_reply: { critical: 30m, high: 2h, medium: 4h, low: 9h }
`;

function rule(name: string, { when, then }: { when: string; then: string }): string {
  return `  - { name: ${name}, why: Somebody wanted it so., owner: Ana, when: ${when}, then: ${then} }\n`;
}

function times(count: number, make: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => make(n)).join('');
}

function cyclic(list: readonly string[], n: number): string {
  return list[n % list.length] ?? '';
}

/** A message of a customer: of three sentences one names a thing and its trouble, and so fits a rule. */
export function messageOf(characters: number, n: number): string {
  const sentences: string[] = [];
  let length = 0;
  for (let at = n * 7; length < characters; at += 1) {
    const trouble = `${cyclic(OPENINGS, at)} the ${cyclic(THINGS, at * 11)} ${cyclic(TROUBLES, at * 3)} and nobody answers.`;
    const sentence = at % 3 === 0 ? trouble : cyclic(FILLING, at);
    sentences.push(sentence);
    length += sentence.length + 1;
  }
  // Some write in lines, some in one go.
  return sentences.join(n % 2 === 0 ? '\n' : ' ').slice(0, characters);
}

const OPENINGS = ['Since yesterday', 'My colleague says', 'We noticed', 'Again', 'When I open it', 'After the weekend'];
const FILLING = [
  'Hello, I hope that you are well and that this reaches the right people.',
  'We would like to know by Friday, since our customers ask us every day.',
  "I can't say exactly when it began, but it was not so last week.",
  'Please call me back at 0151 2345678 or write to the address below.',
  'It is not urgent, but we would be glad to hear from you soon.',
  'Thank you very much, and have a nice day!',
  'I tried it twice, on my phone and at home, with the same result.',
];

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}
