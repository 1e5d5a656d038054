import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../src/kit/mail/html-text.ts';
import { processorSeconds } from '../../support/processor-time.ts';

describe('a mail in HTML, as plain text', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['<div>One</div><div>Two</div>', 'One\nTwo'],
    ['One<br>Two<br/>Three', 'One\nTwo\nThree'],
    ['<div>One<br></div><div><br></div><div>Two</div>', 'One\n\nTwo'],
    ['a <b>bold</b>, <i>leaning</i> word', 'a bold, leaning word'],
    ['<ul><li>first</li><li>second</li></ul>', '- first\n- second'],
    ['<table><tr><td>Order</td><td>1042</td></tr><tr><td>Paid</td><td>yes</td></tr></table>', 'Order 1042\nPaid yes'],
    ['M&uuml;ller &amp; S&#246;hne &#x2013; &euro;5 &unknown; &', 'Müller & Söhne – €5 &unknown; &'],
    ['<pre>a\n  b\nc</pre>', 'a\n  b\nc'],
    ['see <a href="https://shop.example/1">the shop</a>!', 'see the shop <https://shop.example/1>!'],
    ['see <a href="https://shop.example/">shop.example</a>', 'see shop.example'],
    ['<a href="mailto:jo@example.com">Jo</a>', 'Jo'],
    ['<img src="cid:1" alt="screen of the error">', '[screen of the error]'],
    ['<html><head><title>No</title><style>p { x }</style></head><body>Yes</body></html>', 'Yes'],
    ['<head><style>p { x }</style><body>Yes', 'Yes'],
    ['one <!-- never --> two <script>if (1 < 2) {}</script>three', 'one two three'],
    ['1 < 2 and <3', '1 < 2 and <3'],
    ['an unfinished <a href="x', 'an unfinished'],
    ['<p title="a > b">words</p>', 'words'],
  ])('%j reads %j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each([
    [
      'Gmail',
      '<div>Mine</div><div class="gmail_quote"><div class="gmail_attr">Am Mo. schrieb Jo:<br></div><blockquote class="gmail_quote">Yours</blockquote></div>',
    ],
    [
      'Thunderbird',
      '<p>Mine</p><div class="moz-cite-prefix">Am 1.1. schrieb Jo:</div><blockquote type="cite"><p>Yours</p></blockquote>',
    ],
    [
      'Outlook',
      '<div>Mine</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Von:</b> Jo</div><div>Yours</div>',
    ],
    ['Apple', '<div>Mine</div><blockquote type="cite"><div>Am 1.1. schrieb Jo:</div><div>Yours</div></blockquote>'],
  ])('marks what %s quotes, and keeps it', (_program, html) => {
    const lines = htmlToText(html)
      .split('\n')
      .filter((line) => line.trim() !== '' && line !== '>');
    expect(lines[0]).toBe('Mine');
    expect(lines.slice(1).every((line) => line.startsWith('> '))).toBe(true);
    expect(lines.at(-1)).toBe('> Yours');
  });

  it('goes on unmarked where a quote ends', () => {
    const html = '<blockquote type="cite">Old?<blockquote>older</blockquote></blockquote><div>New.</div>';
    expect(htmlToText(html)).toBe('> Old?\n>\n> older\n>\nNew.');
  });

  it('takes no longer than its length, whatever it is made of', () => {
    const parts = ['<', '<a "', '<a b="', "<a b='", '&', '<!--', '<div>', '<script>', '<a href=', '</', '> ', '&#'];
    expect(processorSeconds(() => parts.map((part) => htmlToText(part.repeat(50_000))))).toBeLessThan(10);
  });
});
