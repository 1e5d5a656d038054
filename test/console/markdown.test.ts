import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inlineMarkdown, markdown } from '../../src/console/markdown.ts';
import { textOf } from '../../src/console/markup.ts';

function shown(text: string): string {
  return textOf(markdown(text)).replaceAll(/>\s+/g, '>').replaceAll(/\s+</g, '<').trim();
}

describe('the Markdown of the guides', () => {
  it('has numbered clicks, with code below them, whose numbers go on', () => {
    const text = '1. Open **Settings**:\n\n   ```yaml\n   a: <b>\n   ```\n\n2. Save.\n\nThen:\n\n3. Wait.';
    expect(shown(text)).toBe(
      '<ol start="1"><li>Open<strong>Settings</strong>:<pre class="td-code" tabindex="0">a: &#60;b&#62;</pre></li><li>Save.</li></ol>' +
        '<p>Then:</p><ol start="3"><li>Wait.</li></ol>',
    );
  });

  it('has headings to lead to, and tables', () => {
    expect(shown('## When it says 401\n\n| a | b |\n| --- | --- |\n| `x` | y \\| z |')).toBe(
      '<h2 id="when-it-says-401">When it says 401</h2><div class="td-wide"><table class="table"><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>' +
        '<tbody><tr><td><code>x</code></td><td>y | z</td></tr></tbody></table></div>',
    );
  });

  it('leads nowhere that does harm, and shows no markup of others', () => {
    expect(textOf(inlineMarkdown('[x](javascript:alert(1)) <script> _a_ snake_case_name'))).toBe(
      'x) &#60;script&#62; <em>a</em> snake_case_name',
    );
  });

  it('leaves no sign of its own in any page of ours', () => {
    const folder = join(import.meta.dirname, '../../docs');
    const pages = globSync('**/*.md', { cwd: folder });
    expect(pages.length).toBeGreaterThan(40);
    const left = pages.filter((page) => {
      const text = textOf(markdown(readFileSync(join(folder, page), 'utf8')));
      return /\*\*|\]\(|^#|```/m.test(text.replaceAll(/<(pre|code)[^]*?<\/\1>/g, ''));
    });
    expect(left).toEqual([]);
  });
});
