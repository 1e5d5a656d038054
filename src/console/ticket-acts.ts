import { eq } from 'drizzle-orm';
import { ulid } from 'ulid';
import { messages } from '../db/schema.ts';
import { openProposals } from '../decide/opinions/proposals.ts';
import { VERDICTS } from '../domain/escalation.ts';
import type { FieldChange } from '../domain/occasion.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { conflictMain } from './conflict-page.ts';
import { incidentActs } from './incident-acts.ts';
import { isMailAddress } from './mail-address.ts';
import { handedOff, handoffActs } from './handoff-acts.ts';
import { createOnce } from './once.ts';
import type { ConsoleParts } from './parts.ts';
import { stepsOf } from './steps-card.ts';
import { movedMeanwhile } from './refusal-pages.ts';
import { EDITABLE, formValues, readEdit } from './ticket-form.ts';
import { readTicket } from './ticket-rows.ts';
import type { Acts, FormVisit } from './visit.ts';

/** A key of a form: what `ulid` makes. */
const KEY = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** Everything that a person does with a ticket. All of it goes through the pipeline. */
export function ticketActs(parts: ConsoleParts): Acts {
  const once = createOnce<null>();
  return {
    reply: (visit, ticket) => reply(parts, visit, ticket),
    note: (visit, ticket) =>
      note(visit, ticket, (text) =>
        once(JSON.stringify([ticket.key, visit.form.get('key'), text]), async () => {
          await parts.pipeline.note(ticket.key, { by: visit.person, text });
          return null;
        }),
      ),
    edit: (visit, ticket) => edit(parts, visit, ticket),
    steps: (visit, ticket) => tick(parts, visit, ticket),
    proposal: (visit, ticket) => takeProposal(parts, visit, ticket),
    take: (visit, ticket) => take(parts, visit, ticket),
    'give-back': (visit, ticket) => giveBack(parts, visit, ticket),
    'hand-off': (visit, ticket) => handOff(parts, visit, ticket),
    ...handoffActs(parts),
    requester: (visit, ticket) => correctRequester(parts, visit, ticket),
    ...incidentActs(parts),
  };
}

function home({ number }: Ticket, anchor = ''): string {
  return `/tickets/${number}${anchor}`;
}

async function reply(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { form, person } = visit;
  const text = form.get('text');
  if (text.trim() === '') return visit.goTo(home(ticket));
  const key = await replyKey(parts.connection.queries, form.get('key'), text);
  const draft = form.get('draft');
  await parts.pipeline.reply(ticket.key, { by: person, text, key, ...(draft !== '' && { draft }) });
  await setStatusAfter(parts, visit, ticket);
  return visit.goTo(home(ticket, `#message-${key}`), 'replied');
}

/** The status that the form asks for after the answer, unless the answer itself led there. */
async function setStatusAfter(parts: ConsoleParts, visit: FormVisit, { number }: Ticket): Promise<void> {
  const to = visit.form.get('then');
  if (to !== 'pending' && to !== 'resolved') return;
  const ticket = await readTicket(parts.connection.queries, number);
  if (ticket === null || ticket.status === to) return;
  await change(parts, visit, { ticket, changes: [{ field: 'status', from: ticket.status, to }] });
}

async function change(
  { pipeline }: ConsoleParts,
  { person, now, form }: FormVisit,
  { ticket, changes }: { ticket: Ticket; changes: readonly FieldChange[] },
): Promise<void> {
  const verdict = VERDICTS.find((each) => each === form.get('verdict'));
  await pipeline.edit(ticket.key, { by: person, at: now, changes, ...(verdict !== undefined && { verdict }) });
}

/** Takes what is proposed, unless it was withdrawn or somebody decided otherwise since the page was shown. */
async function takeProposal(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { form, config } = visit;
  const back = form.get('on') === 'review' ? `/review?at=${ticket.number}` : home(ticket);
  const taken = openProposals(ticket, config.policy).find(
    ({ field, value }) =>
      form.get('field') === field && form.get('value') === value && form.get('was') === ticket[field],
  );
  if (taken === undefined) return visit.goTo(back, 'proposal_moved');
  const { field, value } = taken;
  await change(parts, visit, { ticket, changes: [{ field, from: ticket[field], to: value }] });
  return visit.goTo(back, 'proposal_taken');
}

async function note(visit: FormVisit, ticket: Ticket, write: (text: string) => Promise<null>): Promise<void> {
  const text = visit.form.get('text');
  if (text.trim() === '') return visit.goTo(home(ticket));
  await write(text);
  return visit.goTo(home(ticket), 'noted');
}

async function edit(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { changes, clashes } = readEdit(visit.form, ticket);
  if (clashes.length > 0) return showConflict(visit, ticket, clashes);
  if (changes.length === 0) return visit.goTo(home(ticket), 'unchanged');
  await change(parts, visit, { ticket, changes });
  return visit.goTo(home(ticket), 'changed');
}

/** Each box is compared with how it was shown, so that two people who tick different ones are both heard. */
async function tick(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { form, config } = visit;
  const shown = stepsOf(config.policy, ticket).filter((step) => form.has(`was.${step}`));
  const touched = shown.filter((step) => form.has(`step.${step}`) !== (form.get(`was.${step}`) === 'done'));
  const kept = ticket.stepsDone.filter((step) => !touched.includes(step));
  const to = [...kept, ...touched.filter((step) => form.has(`step.${step}`))];
  if (touched.length === 0) return visit.goTo(home(ticket), 'unchanged');
  await change(parts, visit, { ticket, changes: [{ field: 'stepsDone', from: ticket.stepsDone, to }] });
  return visit.goTo(home(ticket), 'ticked');
}

async function take(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { form, person } = visit;
  const was = form.get('was');
  const is = ticket.assignee ?? '';
  if (is === person) return visit.goTo(home(ticket), 'taken');
  if (was !== is) return showConflict(visit, ticket, [{ field: 'assignee', was, is, wanted: person }]);
  await change(parts, visit, { ticket, changes: [{ field: 'assignee', from: ticket.assignee, to: person }] });
  return visit.goTo(home(ticket), 'taken');
}

async function giveBack({ pipeline }: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { form, person } = visit;
  const was = form.get('was');
  const is = ticket.assignee ?? '';
  if (is !== '' && was !== is) return showConflict(visit, ticket, [{ field: 'assignee', was, is, wanted: '' }]);
  if (is !== '') await pipeline.giveBack(ticket.key, person);
  return visit.goTo(home(ticket), 'given_back');
}

/** Once a form, however often it is sent: the second finds the ticket where the first led it. */
async function handOff(parts: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { form, person, now } = visit;
  const [was, to, reason] = [form.get('was'), form.get('to'), form.get('reason').trim()];
  const isMoved = was !== ticket.queue;
  if (to === '') return visit.goTo(home(ticket), 'unchanged');
  if (isMoved && to === ticket.queue) return visit.goTo(home(ticket), 'handed_off');
  if (isMoved) return visit.refuse(movedMeanwhile(ticket, { was, reason }));
  const key = KEY.test(form.get('key')) ? form.get('key') : ulid();
  const handoff = { to, reason: reason === '' ? null : reason, key: `${key}.${to}` };
  await parts.pipeline.edit(ticket.key, { by: person, at: now, changes: [], handoff });
  const after = await readTicket(parts.connection.queries, ticket.number);
  return visit.goTo(home(ticket), after === null ? 'not_handed_off' : handedOff(after, to));
}

async function correctRequester({ pipeline }: ConsoleParts, visit: FormVisit, ticket: Ticket): Promise<void> {
  const { form, person, now } = visit;
  const email = form.get('email').trim().toLowerCase() || null;
  if (email !== null && !isMailAddress(email)) {
    const title = `“${email.slice(0, 60)}” is no mail address`;
    return visit.refuse({ status: 422, title, sentence: 'Nothing was changed. Go back and correct it.' });
  }
  const requester = { name: form.get('name').trim(), email };
  await pipeline.edit(ticket.key, { by: person, at: now, changes: [], requester });
  return visit.goTo(home(ticket), 'changed');
}

/**
 * The id under which an answer is recorded: that of its form, so that sending it twice sends it once. A
 * form that comes back with another text, after a step back in the browser, is another answer.
 */
async function replyKey(
  queries: ConsoleParts['connection']['queries'],
  written: string,
  text: string,
): Promise<string> {
  if (!KEY.test(written)) return ulid();
  const [recorded] = await queries.select({ text: messages.text }).from(messages).where(eq(messages.id, written));
  return recorded === undefined || recorded.text === text ? written : ulid();
}

function showConflict(visit: FormVisit, ticket: Ticket, clashes: ReturnType<typeof readEdit>['clashes']): void {
  const { form, config, session } = visit;
  const { desk } = config.policy;
  const now = formValues(ticket);
  const fromForm = EDITABLE.filter((field) => form.has(field)).map((field) => [field, form.get(field)] as const);
  const wanted = [...fromForm, ...clashes.map((clash) => [clash.field, clash.wanted] as const)];
  const name = ticketName(desk.prefix, ticket.number);
  const untouched = fromForm.filter(([field, value]) => value === form.get(`was.${field}`)).map(([field]) => field);
  visit.response.status(409);
  visit.show({
    title: `${name} changed meanwhile`,
    place: 'queue',
    main: conflictMain({
      number: ticket.number,
      name,
      clashes,
      wanted: wanted.filter(([field]) => !untouched.includes(field)),
      now,
      csrfToken: session.csrfToken,
      desk,
    }),
  });
}
