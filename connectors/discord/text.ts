import type { DiscordMessage, DiscordUser } from './wire.ts';

/** What somebody wrote, as they saw it: with the names of people and emoji in place of their ids. */
export function plainText({ content, mentions }: Pick<DiscordMessage, 'content' | 'mentions'>): string {
  const names = new Map(mentions.map((user) => [user.id, nameOf(user)]));
  return content
    .replace(/<@!?(\d+)>/g, (mark, id: string) => (names.has(id) ? `@${names.get(id)}` : mark))
    .replace(/<a?(:\w+:)\d+>/g, '$1');
}

export function nameOf({ id, username, global_name: name }: DiscordUser): string {
  return name || username || id;
}

/** Text that Discord shows as it is: no markup, no link, no list; mentions are a matter of whom a message may call. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|~<>:@]/g, '\\$&');
}
