/** A mention, a channel or a link, as Slack writes it: `<@U1>`, `<#C1|help>`, `<https://a.example|a page>`. */
const MARK = /<[@#!]?[^<>|]*(?:\|[^<>]*)?>/g;

/** What somebody wrote, as they saw it; people stand there with their ids, as `@U0123456`. */
export function plainText(text: string): string {
  return text.replace(MARK, shown).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function shown(mark: string): string {
  const [, sign = '', target = '', label = ''] = /^<([@#!]?)([^|]*)\|?(.*)>$/s.exec(mark) ?? [];
  if (sign === '@') return `@${target}`;
  if (sign === '#') return `#${label || target}`;
  if (sign === '!') return label || `@${target.replace(/\^.*$/, '')}`;
  return target.endsWith(label) ? target : `${label} (${target})`;
}
