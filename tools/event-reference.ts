import { EVENTS } from '../src/domain/ticket-event.ts';

/** The reference of events, as Markdown. */
export function eventReference(): string {
  const rows = Object.entries(EVENTS).map(([type, about]) => `| \`${type}\` | ${about} |`);
  return `# Events

Made from the code by \`npm run generate\`; do not edit it by hand.

What is told to systems that follow tickets, by the names that \`events.yaml\` has for it. [Events](../events.md) tells how
to follow.

| Event | When |
| --- | --- |
${rows.join('\n')}
`;
}
