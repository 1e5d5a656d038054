/** An article as a letter can say it: links with their addresses, and nothing of the signs of Markdown but lists. */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/^```.*$\n?/gm, '')
    .replaceAll(/^#{1,6} +/gm, '')
    .replaceAll(/!?\[([^\]\n]+)\]\(([^)\s]+)\)/g, (_, label: string, target: string) =>
      label === target ? target : `${label} (${target})`,
    )
    .replaceAll(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replaceAll(/(?<![\w*])[*_](?=\S)([^*_\n]*?\S)[*_](?![\w*])/g, '$1')
    .replaceAll(/`([^`\n]+)`/g, '$1')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
