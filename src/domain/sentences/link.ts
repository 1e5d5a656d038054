import { evidenceOf, plain, series, type Sentences, word, words } from './words.ts';

/** Why a letter did not go. */
const NOT_TOLD: Readonly<Record<string, string>> = {
  no_address: 'there is no address',
  automatic_sender: 'the sender looks like a machine',
  bounced: 'a letter to the address came back',
};

/** Which tickets report the same incident, and what becomes of them with it. */
export const linkSentences: Sentences = {
  'link.joined': ({ params, evidence }) =>
    `Reports the same as ${word(params, 'incident')} (${word(params, 'percent')}% alike), and waits for it${evidenceOf(evidence)}.`,
  'link.joined_known': ({ params }) =>
    `Resembles the known incident ${word(params, 'incident')} (${word(params, 'percent')}%), and waits for it.`,
  'link.found': ({ params }) => {
    const others = words(params, 'others');
    const also = others.length === 0 ? '' : `, as ${others.length === 1 ? 'does' : 'do'} ${series(others)}`;
    return `Reports the same as ${word(params, 'incident')}${also} (${word(params, 'percent')}% alike), and waits for it.`;
  },
  'link.by_hand': ({ params }) =>
    `${word(params, 'by')} linked it to ${word(params, 'incident')}; it waits for that one.`,
  'link.unlinked': ({ params }) =>
    `${word(params, 'by')} unlinked it from ${word(params, 'from')}; it is not linked again by itself.`,
  'link.declared': ({ params }) =>
    `${word(params, 'by')} declared it a known incident: what resembles it is linked to it.`,
  'link.withdrawn': ({ params }) =>
    `${word(params, 'by')} says that it is no incident; what was linked to it stands for itself.`,
  'link.set_free': ({ params }) => `Stands for itself again, as ${word(params, 'incident')} is no incident.`,
  'link.resolved': ({ params }) => `Resolved with the incident ${word(params, 'incident')}.`,
  'link.told': ({ params }) => `A letter about the incident ${word(params, 'incident')} goes to ${word(params, 'to')}.`,
  'link.not_told': ({ params }) => {
    const why = word(params, 'why');
    return `Sent no letter about the incident ${word(params, 'incident')}: ${NOT_TOLD[why] ?? plain(why)}.`;
  },
  'link.counted': ({ params }) => {
    const linked = words(params, 'linked');
    if (linked.length === 0) return 'No other ticket reports it any more.';
    return `${linked.length === 1 ? 'One other ticket reports' : `${linked.length} other tickets report`} it: ${series(linked, { most: 8 })}.`;
  },
  'link.announced': ({ params }) => `The incident is announced to ${word(params, 'to')}.`,
};
