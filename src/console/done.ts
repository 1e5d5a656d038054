/** What was just done, said once on the next page. Addresses carry the code, never the sentence. */
const WORDS: Readonly<Record<string, string>> = {
  replied: 'Your answer is recorded and on its way.',
  noted: 'Your note is recorded. It never leaves the house.',
  changed: 'Your changes are recorded, with your name.',
  unchanged: 'Nothing was different, so nothing was changed.',
  taken: 'The ticket is yours.',
  given_back: 'The ticket is given back to its queue.',
  handed_off: 'The ticket is handed off.',
  handoff_asked: 'The other queue is asked to accept it. Until then it stays here.',
  handoff_held: 'Something is missing, and the hand-off waits for it; what, stands above the request.',
  handoff_helps: 'The other queue is told, and helps. The ticket stays here.',
  handoff_accepted: 'The ticket is accepted.',
  handoff_rejected: 'The ticket is rejected, and stays where it is.',
  handoff_taken_back: 'The hand-off is taken back.',
  not_handed_off: 'The ticket was not handed off; why stands above the request.',
  away: 'They get no new tickets until they are switched back.',
  back: 'They get tickets again; what waited is offered to them.',
  linked: 'The ticket is linked; it waits for the other.',
  unlinked: 'The ticket stands for itself again.',
  not_linked: 'The ticket was not linked; why stands above the request.',
  not_declared: 'No incident was declared; why stands above the request.',
  opened: 'The ticket is open, triaged and timed.',
  one_person: 'They are one person from now on.',
  other_person: 'It is somebody else’s from now on.',
  reachable: 'Letters go to that address again.',
  outbox_retried: 'It is on its way once more.',
  way_tried: 'A test went out; look whether it arrived.',
  rows_retried: 'They are being written once more.',
  inbox_retried: 'It was read once more; what became of it is below.',
  inbox_insisted: 'It is a ticket now.',
  calls_opened: 'A token of the base is waited for; what to do there stands below.',
  tables_asked: 'The tables of the base are being read; look again in a moment.',
  ticked: 'The steps are recorded, with your name.',
  secret_set: 'It is set, and counts.',
  secret_ended: 'The one before counts no longer.',
  secret_other: 'It was set meanwhile; nothing was changed now. What is made is shown once.',
  welcome: 'You are signed in.',
};

/** The sentence of a code; null for any other text. */
export function doneWords(code: string): string | null {
  return Object.hasOwn(WORDS, code) ? (WORDS[code] ?? null) : null;
}
