import { capital, plain } from '../../domain/sentences/words.ts';
import type { CaseKey, CheckId } from './check.ts';
import { cameWords } from './handoffs.ts';

/** What stands where a case has nothing of it. */
const NOTHING: Readonly<Record<CheckId, Readonly<Record<'thing' | 'said' | 'came', string>>>> = {
  triage: { thing: 'Nothing', said: 'None by itself', came: 'No category' },
  routing: { thing: 'Routing without a rule', said: 'No queue', came: 'Stayed' },
  escalations: { thing: 'By hand', said: '–', came: 'Nobody said' },
  handoffs: { thing: 'No contract', said: '–', came: '–' },
  templates: { thing: '–', said: '–', came: '–' },
};

/** Names that admins gave, which are shown as they were written. */
const AS_WRITTEN: readonly `${CheckId}.${keyof CaseKey}`[] = [
  'routing.came',
  'routing.said',
  'handoffs.said',
  'templates.said',
];

/** A value of a case as people read it. */
export function caseWords(check: CheckId, key: 'thing' | 'said' | 'came', value: string): string {
  if (value === '') return NOTHING[check][key];
  if (key === 'thing' || AS_WRITTEN.includes(`${check}.${key}`)) return value;
  return capital(check === 'handoffs' ? cameWords(value) : plain(value));
}
