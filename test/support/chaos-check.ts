/**
 * Compares what each side of a desk saw, after everything that could go wrong did: what senders were told, the rows
 * and the calls that the base has, the mails that arrived, and what people did. Reads a record and nothing else, and
 * knows none of the code that it judges.
 */

/** What happened, as those tell it who were there. */
export interface ChaosRecord {
  /** What senders were told: the ids under which a request was acknowledged. */
  told: readonly { marker: string; ids: readonly string[] }[];
  /** As the API shows them. */
  tickets: readonly SeenTicket[];
  /** As people see them, by the titles of the columns. */
  rows: readonly { id: string; fields: Readonly<Record<string, unknown>> }[];
  /** Calls to the base, and when they arrived. */
  calls: readonly { at: number; kind: string; status: number; fault: string | null }[];
  mails: readonly { to: string; messageId: string; text: string }[];
  /** What people did last to each cell. */
  edits: readonly { row: string; column: string; value: unknown }[];
  /** What people answered, each once. */
  answers: readonly { row: string; text: string }[];
}

export interface SeenTicket {
  key: string;
  number: number;
  category: string | null;
  priority: string;
  status: string;
  assignee: string | null;
  decisions: readonly DecidedThing[];
}

export interface DecidedThing {
  code: string;
  field: string | null;
  to: unknown;
  source: { kind: string };
  params: Readonly<Record<string, unknown>>;
}

export interface Violation {
  what: string;
  evidence: string;
}

/** What Airtable lets into a base within a second. */
const CALLS_A_SECOND = 5;

/** Columns that both sides keep: the title in the base, and the field of a ticket. */
const SHARED = { Category: 'category', Priority: 'priority', Status: 'status', Assignee: 'assignee' } as const;

/** What rules may change again after a person did, as when an answer goes out. Then the log tells of both. */
const CHANGED_AGAIN: readonly string[] = ['Status', 'Assignee'];

/** Everything that is not as it was promised; empty when all is well. */
export function violationsOf(record: ChaosRecord): readonly Violation[] {
  return [
    ...lost(record),
    ...twice(record),
    ...apart(record),
    ...editsLost(record),
    ...answersNotSentOnce(record),
    ...mailsUnexplained(record),
    ...mailsMissing(record),
    ...tooFast(record),
  ];
}

/** Whoever was told that a request has arrived finds it in the base. */
function lost({ told, rows }: ChaosRecord): Violation[] {
  const found = new Set(rows.map(markerOf));
  return told
    .filter(({ marker }) => !found.has(marker))
    .map(({ marker, ids }) => ({ what: 'acknowledged and no row', evidence: `${marker}, as ${ids.join(', ')}` }));
}

function twice({ told, rows, tickets }: ChaosRecord): Violation[] {
  const ids = told.filter((each) => each.ids.length > 1).map(({ marker, ids: all }) => `${marker}: ${all.join(', ')}`);
  return [
    ...repeated('a request in several rows', rows, markerOf),
    ...repeated('a key in several rows', rows, ({ fields }) => textOf(fields['Key'])),
    ...repeated('a number of several rows', rows, ({ fields }) => written(fields['Number'])),
    ...repeated('a number of several tickets', tickets, ({ number }) => String(number)),
    ...ids.map((evidence) => ({ what: 'acknowledged under several ids', evidence })),
  ];
}

/** Each ticket is one row that says the same, and somebody owns it. */
function apart({ rows, tickets }: ChaosRecord): Violation[] {
  const byKey = new Map(rows.map((row) => [textOf(row.fields['Key']), row]));
  const known = new Set(tickets.map(({ key }) => key));
  return [
    ...rows
      .filter(({ fields }) => !known.has(textOf(fields['Key'])))
      .map(({ id }) => ({ what: 'a row of no ticket', evidence: id })),
    ...rows
      .filter(({ fields }) => written(fields['Owner']) === '')
      .map(({ id }) => ({ what: 'a row without an owner', evidence: id })),
    ...tickets.flatMap((ticket) => {
      const row = byKey.get(ticket.key);
      return row === undefined
        ? [{ what: 'a ticket without a row', evidence: `T-${ticket.number}` }]
        : differences(ticket, row.fields);
    }),
  ];
}

function differences(ticket: SeenTicket, fields: Readonly<Record<string, unknown>>): Violation[] {
  return Object.entries(SHARED)
    .filter(([title, field]) => written(fields[title]) !== written(ticket[field]))
    .map(([title, field]) => ({
      what: 'the base and the desk say different things',
      evidence: `${title} of T-${ticket.number}: ${written(fields[title])} in the base, ${written(ticket[field])} here`,
    }));
}

/** A cell shows what a person last made of it, or the log says who changed it after that person. */
function editsLost({ edits, rows, tickets }: ChaosRecord): Violation[] {
  return edits.flatMap(({ row: id, column, value }) => {
    const fields = rows.find((row) => row.id === id)?.fields ?? {};
    if (written(fields[column]) === written(value)) return [];
    const ticket = tickets.find(({ key }) => key === textOf(fields['Key']));
    if (CHANGED_AGAIN.includes(column) && isTold(ticket, { column, value })) return [];
    const evidence = `${column} of ${id} was made ${written(value)} and is ${written(fields[column])}`;
    return [{ what: 'a person’s edit was lost', evidence }];
  });
}

/** Whether the log knows that a person chose the value. */
function isTold(ticket: SeenTicket | undefined, { column, value }: { column: string; value: unknown }): boolean {
  const field = column.toLowerCase();
  return (ticket?.decisions ?? []).some(
    (each) => each.field === field && each.source.kind === 'person' && written(each.to) === written(value),
  );
}

/** A mail that comes again under the same id is the same, and mail programs know it. */
function distinct({ mails }: ChaosRecord): ChaosRecord['mails'] {
  return [...new Map(mails.map((mail) => [mail.messageId, mail])).values()];
}

function answersNotSentOnce(record: ChaosRecord): Violation[] {
  const mails = distinct(record);
  return record.answers.flatMap(({ row: id, text }) => {
    const receivers = mails.filter((mail) => mail.text.includes(text)).map(({ to }) => to);
    const wanted = written(record.rows.find((row) => row.id === id)?.fields['Requester email']);
    if (receivers.length === 1 && receivers[0] === wanted) return [];
    const evidence = `“${text}” of ${id} for ${wanted} went to ${receivers.join(', ') || 'nobody'}`;
    return [{ what: 'an answer was not sent exactly once', evidence }];
  });
}

/** What nobody wrote, by ticket and receiver. */
function lettersSent(record: ChaosRecord): ReadonlyMap<string, ChaosRecord['mails']> {
  const ours = distinct(record).filter((mail) => !record.answers.some(({ text }) => mail.text.includes(text)));
  return Map.groupBy(ours, (mail) => `${ticketNumberIn(mail)} to ${mail.to}`);
}

/** Whatever went out, its ticket has a decision that names whom it was for; and no more went out than decided. */
function mailsUnexplained(record: ChaosRecord): Violation[] {
  const decided = lettersDecided(record);
  return [...lettersSent(record)]
    .filter(([letter, mails]) => mails.length > (decided.get(letter) ?? 0))
    .map(([letter, mails]) => ({
      what: 'more mails than decisions',
      evidence: `T-${letter}: ${mails.length} mails (${mails.map(subjectOf).join('; ')}), ${decided.get(letter) ?? 0} decisions`,
    }));
}

function mailsMissing(record: ChaosRecord): Violation[] {
  const sent = lettersSent(record);
  return [...lettersDecided(record)]
    .filter(([letter, count]) => (sent.get(letter)?.length ?? 0) < count)
    .map(([letter, count]) => ({
      what: 'decided and never sent',
      evidence: `T-${letter}: ${count} decisions, ${sent.get(letter)?.length ?? 0} mails`,
    }));
}

/** How many letters were decided, by ticket and receiver. */
function lettersDecided({ tickets }: ChaosRecord): ReadonlyMap<string, number> {
  const letters = tickets.flatMap(({ number, decisions }) =>
    decisions
      .map(({ params }) => params['to'])
      .filter((to) => typeof to === 'string' && to.includes('@'))
      .map((to) => `${number} to ${String(to)}`),
  );
  return new Map([...Map.groupBy(letters, (letter) => letter)].map(([letter, same]) => [letter, same.length]));
}

/** Wherever a second begins, no more calls arrived in it than the base lets in. */
function tooFast({ calls }: ChaosRecord): Violation[] {
  const times = calls.map(({ at }) => at).toSorted((one, other) => one - other);
  const bursts = times.filter((at, index) => (times[index + CALLS_A_SECOND] ?? Infinity) - at < 1000);
  return bursts.map((at) => {
    const within = calls.filter((call) => call.at >= at && call.at < at + 1000);
    const evidence = within.map((call) => `${call.kind} at ${new Date(call.at).toISOString()} (${call.status})`);
    return { what: 'more calls to the base than it lets in', evidence: evidence.join(', ') };
  });
}

function repeated<Item>(what: string, items: readonly Item[], nameOf: (item: Item) => string): Violation[] {
  return [...Map.groupBy(items, nameOf)]
    .filter(([name, same]) => name !== '' && same.length > 1)
    .map(([name, same]) => ({ what, evidence: `${name}, ${same.length} times` }));
}

function markerOf({ fields }: ChaosRecord['rows'][number]): string {
  return /\[\[([^\]]+)\]\]/.exec(textOf(fields['Description']))?.[1] ?? '';
}

function ticketNumberIn({ text }: ChaosRecord['mails'][number]): string {
  return /\bT-(\d+)/.exec(text)?.[1] ?? 'nothing';
}

function subjectOf({ text }: ChaosRecord['mails'][number]): string {
  return /^subject: (.*)$/im.exec(text)?.[1] ?? '';
}

/** As people read it; the base and the API differ in capitals. */
function written(value: unknown): string {
  return textOf(value).toLowerCase();
}

/** The base and the API differ in how they tell of nothing. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
