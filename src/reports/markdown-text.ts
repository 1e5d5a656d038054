/** What people wrote is text in Markdown, whatever signs are in it. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}
