import { describe, expect, it } from 'vitest';
import { flag, html, outsideLink, textOf } from '../../src/console/markup.ts';

describe('a piece of a page', () => {
  it('escapes what stands in a gap', () => {
    expect(textOf(html`<p title="${`"'&`}">${'<script>alert(1)</script>'}</p>`)).toBe(
      '<p title="&#34;&#39;&#38;">&#60;script&#62;alert(1)&#60;/script&#62;</p>',
    );
  });

  it('lets pieces of its own through, alone and in lists', () => {
    const items = ['a', '<b>'].map((name) => html`<i>${name}</i>`);
    expect(textOf(html`<b>${items}</b>`)).toBe('<b><i>a</i><i>&#60;b&#62;</i></b>');
  });

  it('escapes after an exclamation mark, which the escaping library would take for a sign to let it through', () => {
    expect(textOf(html`<p>Look!${'<i>'}</p>`)).toBe('<p>Look!&#60;i&#62;</p>');
  });

  it('takes nothing from outside for a piece of its own', () => {
    const forged: unknown = JSON.parse('{"markup": "<script>"}');
    // @ts-expect-error A value from outside is no fill; should one get here all the same, nothing of it is written raw.
    expect(() => html`<p>${forged}</p>`).toThrow(TypeError);
  });

  it('writes nothing for null, undefined and false, and a figure for 0', () => {
    expect(textOf(html`<p>${null}${undefined}${false}${0}</p>`)).toBe('<p>0</p>');
  });

  it('writes an attribute that is there or not', () => {
    expect(textOf(html`<b ${flag('hidden', true)}></b>`)).toBe('<b  hidden></b>');
    expect(textOf(html`<b ${flag('hidden', false)}></b>`)).toBe('<b ></b>');
  });
});

describe('an address from outside', () => {
  it.each(['https://example.com/a', 'http://example.com', 'mailto:a@example.com'])('follows %s', (address) => {
    expect(outsideLink(address)).toBe(address);
  });

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//example.com',
    'not an address',
  ])('does not follow %s', (address) => {
    expect(outsideLink(address)).toBeNull();
  });
});
