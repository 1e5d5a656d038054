import { draftText } from '../config/drafts.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { appBody, formBody } from './bodies.ts';
import { post } from './post.ts';
import type { Act, Scene } from './scene.ts';
import { actorOf, change, readTicket, type Stage, whoIsThere } from './stage.ts';

/** A request on the stage, and what it has become so far. */
export interface Cast {
  stage: Stage;
  scene: Scene;
  id: string;
  /** The ticket that the request became; an answer to a closed one becomes another. */
  key: string;
  writes: number;
}

/** Does what the story says, as one of the team or as the customer would. */
export async function perform(cast: Cast, act: Act): Promise<void> {
  const { stage } = cast;
  const ticket = await readTicket(stage, cast.key);
  switch (act.do) {
    case 'answer':
    case 'note':
      return speak(stage, ticket, act);
    case 'write':
      cast.key = await writeAgain(cast, ticket, act.text);
      return;
    case 'repeat':
      return repeat(cast);
    case 'give back':
      return ticket.assignee === null ? undefined : stage.pipeline.giveBack(ticket.key, ticket.assignee);
    case 'hand over':
      return handOver(stage, ticket, act);
    case 'hand off':
      return handOff(stage, ticket, act);
    case 'answer hand-off':
      return answerHandoff(stage, ticket, act);
    case 'rate':
      return ticket.surveyedAt === null ? undefined : stage.pipeline.rate(ticket.key, act);
    case 'escalate':
    case 'calm':
      return moveLevel(stage, ticket, act);
    default:
      return change(stage, ticket, { by: actorOf(stage, ticket, act.at), at: act.at, field: act.do, to: act.to });
  }
}

/** Up by one where nobody has raised it, or down to nothing with a word on what it was worth. */
function moveLevel(stage: Stage, ticket: Ticket, act: Extract<Act, { do: 'escalate' | 'calm' }>): Promise<void> {
  const moved = { by: actorOf(stage, ticket, act.at), at: act.at, field: 'escalationLevel' as const };
  if (act.do === 'calm') return change(stage, ticket, { ...moved, to: 0, verdict: act.verdict });
  return change(stage, ticket, { ...moved, to: Math.max(1, ticket.escalationLevel) });
}

/** Who speaks for a ticket that nobody has, has it from then on. */
async function speak(stage: Stage, ticket: Ticket, act: Extract<Act, { do: 'answer' | 'note' }>): Promise<void> {
  const by = actorOf(stage, ticket, act.at);
  if (ticket.assignee === null && act.do === 'answer') {
    await change(stage, ticket, { by, at: act.at, field: 'assignee', to: by });
  }
  const text = act.text.replaceAll('{agent}', by.split(' ')[0] ?? by);
  if (act.do === 'note') return stage.pipeline.note(ticket.key, { by, text });
  return stage.pipeline.reply(ticket.key, { by, text: suggestedText(stage, ticket, act.begins) ?? text });
}

/** What is suggested, as it is or with words of one's own behind it; null where nothing is, or nobody took it. */
function suggestedText(
  { config }: Stage,
  ticket: Ticket,
  begins: Extract<Act, { do: 'answer' }>['begins'],
): string | null {
  const reply = ticket.suggestion?.reply ?? null;
  if (begins === undefined || reply === null) return null;
  const suggested = draftText(config.current().policy, ticket, reply);
  if (suggested === null || begins === 'as suggested') return suggested;
  return `${suggested}\n\nI have had a look at your account, and all is as it should be.`;
}

/** The same way as before, with the number of the ticket. Returns the ticket that it went to. */
function writeAgain(cast: Cast, ticket: Ticket, said: string): Promise<string> {
  const { stage, scene, id } = cast;
  const { customer, via } = scene;
  const text = said.replaceAll('{agent}', (ticket.assignee ?? 'everybody').split(' ')[0] ?? '');
  const number = ticketName(stage.config.current().policy.desk.prefix, ticket.number);
  cast.writes += 1;
  const subject = `Re: ${ticket.subject}`;
  if (via === 'app') {
    return post(stage, 'app', appBody({ customer, subject, text }, { id: `${id}-${cast.writes}`, ticket: number }));
  }
  const fields = { name: customer.name, email: customer.email, subject, message: text, ticket: number };
  return post(stage, 'website', formBody(fields, null));
}

/** The same words once more; the capitals differ, or it would be the same delivery and not get this far. */
async function repeat({ stage, scene }: Cast): Promise<void> {
  const { customer, subject, text } = scene;
  const fields = { name: customer.name, email: customer.email.toUpperCase(), subject, message: text };
  await post(stage, 'website', formBody(fields, null));
}

async function handOver(stage: Stage, ticket: Ticket, act: Extract<Act, { do: 'hand over' }>): Promise<void> {
  const by = actorOf(stage, ticket, act.at);
  const members = stage.config.current().policy.queues[ticket.queue]?.members ?? [];
  const to =
    act.to ??
    whoIsThere(
      members.filter((name) => name !== ticket.assignee),
      act.at,
    );
  return change(stage, ticket, { by, at: act.at, field: 'assignee', to });
}

async function handOff(
  stage: Stage,
  ticket: Ticket,
  { at, to, reason }: Extract<Act, { do: 'hand off' }>,
): Promise<void> {
  if (ticket.queue === to) return;
  const handoff = { to, reason, key: at.toString() };
  await stage.pipeline.edit(ticket.key, { by: actorOf(stage, ticket, at), at, changes: [], handoff });
}

/** Whoever is there of the queue that was asked. */
async function answerHandoff(
  stage: Stage,
  ticket: Ticket,
  { at, accepts, code }: Extract<Act, { do: 'answer hand-off' }>,
): Promise<void> {
  const { handoff } = ticket;
  if (handoff?.state !== 'asked') return;
  const by = whoIsThere(stage.config.current().policy.queues[handoff.to]?.members ?? [], at);
  const answer = { accepts, code, key: at.toString() };
  await stage.pipeline.edit(ticket.key, { by, at, changes: [], answer });
}
