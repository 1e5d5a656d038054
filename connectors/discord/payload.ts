import type { RawRequest } from '../../src/ports/channel.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { nameOf } from './text.ts';
import { type DiscordMessage, FormSubmit, Interaction, MessageCommand, Ping, SlashCommand } from './wire.ts';

/** What Discord posts, told apart. */
export type Payload =
  | { kind: 'ping' }
  | { kind: 'command'; command: SlashCommand; caller: Caller }
  | { kind: 'of_message'; command: Interaction; message: DiscordMessage; caller: Caller }
  | { kind: 'form'; submit: FormSubmit; caller: Caller }
  | { kind: 'unknown' };

/** Who calls, by the name that is seen where they speak. */
export interface Caller {
  id: string;
  name: string;
}

/** The form that we open, and hear of again. */
export const FORM_ID = 'tabledesk_request';

/**
 * Reads an interaction.
 *
 * @throws Problem `request.not-json`, `request.too-deep`
 */
export function payloadOf(request: Pick<RawRequest, 'headers' | 'body'>): Payload {
  const { value } = readBody(request);
  if (Ping.safeParse(value).success) return { kind: 'ping' };
  const caller = callerIn(value);
  if (caller === null) return { kind: 'unknown' };
  const command = SlashCommand.safeParse(value);
  if (command.success) return { kind: 'command', command: command.data, caller };
  const ofMessage = MessageCommand.safeParse(value);
  if (ofMessage.success) {
    const { target_id: id, resolved } = ofMessage.data.data;
    const message = resolved.messages[id];
    return message === undefined
      ? { kind: 'unknown' }
      : { kind: 'of_message', command: ofMessage.data, message, caller };
  }
  const submit = FormSubmit.safeParse(value);
  return submit.success && submit.data.data.custom_id === FORM_ID
    ? { kind: 'form', submit: submit.data, caller }
    : { kind: 'unknown' };
}

/** Whoever calls stands elsewhere on servers than in direct messages. */
function callerIn(value: unknown): Caller | null {
  const read = Interaction.safeParse(value);
  if (!read.success) return null;
  const { member, user } = read.data;
  const who = member?.user ?? user;
  return who === null ? null : { id: who.id, name: member?.nick || nameOf(who) };
}

/** What stands behind a command, in an option of any name, and the ids of files. */
export function optionsOf({ data }: SlashCommand): { text: string; files: readonly string[] } {
  const values = data.options.map(({ value }) => value).filter((value) => value.trim() !== '');
  const isFile = (value: string) => Object.hasOwn(data.resolved.attachments, value);
  return { text: values.filter((value) => !isFile(value)).join('\n'), files: values.filter(isFile) };
}
