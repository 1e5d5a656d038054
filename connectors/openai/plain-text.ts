/** At most so many characters, and no placeholder in halves. */
export function cutText(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  return `${characters
    .slice(0, most)
    .join('')
    .replace(/\[[A-Z0-9_]*$/, '')
    .trimEnd()} …`;
}
