/**
 * What customers of the demo write about: some 130 things in four languages, with what is answered, asked
 * back, noted and complained about.
 */
import { ACCOUNTS } from './accounts.ts';
import { BILLING } from './billing.ts';
import { BUGS } from './bugs.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { IDEAS } from './ideas.ts';
import { MIGRATIONS } from './migrations.ts';
import { OUTAGES } from './outages.ts';
import { PHONE } from './phone.ts';
import { QUESTIONS } from './questions.ts';
import { REFUNDS } from './refunds.ts';
import { REPORTS } from './reports.ts';
import { SPANISH } from './spanish.ts';
import type { Topic } from './topic.ts';
import { UNCLEAR } from './unclear.ts';

export const TOPICS = {
  billing: BILLING,
  refunds: REFUNDS,
  bugs: BUGS,
  outages: OUTAGES,
  accounts: ACCOUNTS,
  questions: QUESTIONS,
  migrations: MIGRATIONS,
  ideas: IDEAS,
  unclear: UNCLEAR,
  spanish: SPANISH,
  french: FRENCH,
  german: GERMAN,
  phone: PHONE,
  reports: REPORTS,
} as const satisfies Readonly<Record<string, readonly Topic[]>>;
export type TopicGroup = keyof typeof TOPICS;

/** How often each kind comes up, among a hundred or so. Outages have a day of their own in the story, and their reports its end. */
export const FREQUENCIES: readonly (readonly [weight: number, group: TopicGroup])[] = [
  [15, 'billing'],
  [8, 'refunds'],
  [22, 'bugs'],
  [12, 'accounts'],
  [20, 'questions'],
  [2.5, 'migrations'],
  [4, 'ideas'],
  [6, 'unclear'],
  [5, 'spanish'],
  [4, 'french'],
  [6, 'german'],
  [3.5, 'phone'],
];

export function topicNamed(group: TopicGroup, subject: string): Topic {
  const topics: readonly Topic[] = TOPICS[group];
  const topic = topics.find(({ subjects }) => subjects.includes(subject));
  if (topic === undefined) throw new Error(`No topic of ${group} is called "${subject}".`);
  return topic;
}
