/** A ticket itself, among the names to which messages may point. Only what proves by a secret of ours that it may gives one. */
const PREFIX = 'ticket:';

export function ticketNameOf(key: string): string {
  return `${PREFIX}${key}`;
}

/** The key of the ticket that a name stands for; null where it is the name of a message. */
export function ticketNamed(name: string): string | null {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null;
}
