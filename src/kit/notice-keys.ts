/** Where a notice goes: the room of a way stands under the name of the way itself. */
interface Destination {
  way: string;
  recipient: string;
}

/** The key of a notice for one room or person, made of that of what is to be told. */
export function keyOverWay(key: string, destination: Destination): string {
  return `${key}${endOf(destination)}`;
}

/** The key of the same notice as a mail to an address. */
export function keyByMail(key: string, address: string): string {
  return `${key}:${address}`;
}

/** The key of what is told, of which the notice's own was made. */
export function keyOfNews({ key, ...destination }: Destination & { key: string }): string {
  return key.slice(0, key.length - endOf(destination).length);
}

function endOf({ way, recipient }: Destination): string {
  return recipient === way ? `:${way}` : `:${way}:${recipient}`;
}
