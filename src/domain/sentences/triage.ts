import type { Evidence, Reason, ReasonParams } from '../decision.ts';
import { fieldWords } from './field-words.ts';
import { capital, cut, oneLine, type Sentences } from './words.ts';

/** The column `Why` holds no more. */
const LONGEST_SENTENCE = 200;

/** So many characters of each part, that a sentence with one piece of evidence always fits. */
const LONGEST = { value: 40, quote: 50, fieldName: 40, fieldValue: 30, rule: 60 };

/** Makes the sentences of triage from its reasons, each of at most 200 characters. */
export const triageSentences: Sentences = {
  'triage.category_by_rule': (reason) => byRule(reason, capital(valueOf(reason))),
  'triage.severity_by_rule': (reason) => byRule(reason, `Severity ${valueOf(reason)}`),
  'triage.priority_by_rule': (reason) => byRule(reason, `Priority ${valueOf(reason)}`),
  'triage.tags_by_rule': (reason) => byRule(reason, cut(`Tagged ${list(reason.params, 'added')}`, LONGEST.value)),
  'triage.tags_by_fields': (reason) => byRule(reason, cut(`Tagged ${list(reason.params, 'added')}`, LONGEST.value)),
  'triage.priority_by_severity': (reason) =>
    `Priority ${valueOf(reason)}, because the severity is ${evidenceValue(reason)}.`,
  'triage.priority_by_default': (reason) => `Priority ${valueOf(reason)}, the usual one: no rule gives another.`,
  'triage.frustration': ({ params, evidence }) =>
    cut(`The requester is ${named(params, 'level')}${quoted(evidence)}.`, LONGEST_SENTENCE),
  'triage.priority_raised': (reason) => {
    const raised = `Priority ${valueOf(reason)}, one up from ${named(reason.params, 'usual')}`;
    return cut(`${raised}: the requester is ${named(reason.params, 'level')}${tellingOf(reason)}.`, LONGEST_SENTENCE);
  },
  'triage.no_rule_matched': ({ params }) =>
    `A person must look: none of the ${String(params['rules'])} triage rules gives a category.`,
  'triage.category_known': (reason) => `No review needed any more: the category is ${evidenceValue(reason)}.`,
};

function named(params: ReasonParams, name: string): string {
  return cut(String(params[name] ?? ''), 20);
}

/** In the requester's own words, or in those of a language model. */
function tellingOf({ params, evidence }: Reason): string {
  const read = String(params['read'] ?? '');
  return read === '' ? quoted(evidence) : `, as a language model reads: ${cut(oneLine(read), 50)}`;
}

/** `: “fed up”, “third time”`, and how often somebody wrote in vain. */
function quoted(evidence: readonly Evidence[]): string {
  const quotes = evidence.flatMap((each) => (each.kind === 'text' ? `“${cut(oneLine(each.quote), 40)}”` : []));
  const often = evidence.flatMap((each) => (each.kind === 'field' ? waited(each.name) : []));
  const told = [...quotes.slice(0, 2), ...new Set(often)];
  return told.length === 0 ? '' : `: ${told.join(', ')}`;
}

function waited(field: string): string {
  return field === 'reopenCount' ? 'it was resolved twice and came back' : 'wrote again and heard nothing';
}

/** What was set, what in the ticket proves it, which rule says so, and who would have said otherwise. */
function byRule(reason: Reason, what: string): string {
  const rule = ruleOf(reason);
  const lost = list(reason.params, 'lost');
  const over = lost === '' ? '' : ` This outranks ${lost}.`;
  for (let parts = reason.evidence.length; parts > 0; parts--) {
    const sentence = `${what}, because ${reason.evidence.slice(0, parts).map(said).join(' and ')} (${rule}).`;
    if (sentence.length + over.length <= LONGEST_SENTENCE) return sentence + over;
    if (sentence.length <= LONGEST_SENTENCE) return sentence;
  }
  return cut(`${what}, because the ${rule} says so.`, LONGEST_SENTENCE);
}

function ruleOf({ source, params }: Reason): string {
  const others = params['rules'];
  const more = Array.isArray(others) && others.length > 1 ? ` and ${others.length - 1} more` : '';
  return source.kind === 'rule' ? `rule ${cut(source.name, LONGEST.rule)}${more}` : 'tagsFrom';
}

function said(evidence: Evidence): string {
  if (evidence.kind === 'text') return `the text says “${cut(oneLine(evidence.quote), LONGEST.quote)}”`;
  const value = evidence.value === '' ? 'empty' : cut(oneLine(evidence.value), LONGEST.fieldValue);
  return `${cut(fieldWords(evidence.name), LONGEST.fieldName)} is ${value}`;
}

function evidenceValue({ evidence: [first] }: Reason): string {
  return first?.kind === 'field' ? cut(first.value, LONGEST.value) : 'known';
}

function valueOf({ change }: Reason): string {
  return cut(String(change?.to ?? ''), LONGEST.value);
}

function list(params: ReasonParams, name: string): string {
  const value = params[name];
  return Array.isArray(value) ? value.join(', ') : '';
}
