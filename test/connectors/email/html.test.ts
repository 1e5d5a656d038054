import { describe, expect, it } from 'vitest';
import { htmlOf } from '../../../connectors/email/html.ts';
import { withLinks } from '../../../connectors/email/links.ts';
import { withoutQuotes } from '../../../src/decide/conditions/quoted.ts';
import { ANSWER_ABOVE } from '../../../src/domain/message.ts';
import { htmlToText } from '../../../src/kit/mail/html-text.ts';
import { readMail } from '../../../src/kit/mail/read-mail.ts';
import { fc } from '../../support/properties.ts';
import { aMail } from '../../support/mails.ts';
import { processorSeconds } from '../../support/processor-time.ts';

const LETTER = [
  ANSWER_ABOVE,
  '',
  'Hello Greta,',
  '',
  'please send us',
  '- the number of the invoice',
  '- the card that you used',
  '',
  '> I was charged twice.',
  '',
  'Its page: https://desk.example/t/abc?score=1&x=2',
].join('\n');

/** What stands in the body, without the tags' styles. */
function bodyOf(text: string): string {
  const [, body = ''] = /<div style="[^"]*">\n([\s\S]*)\n<\/div>\n<\/body>/.exec(htmlOf(text)) ?? [];
  return body.replaceAll(/ (?:style|dir)="[^"]*"/g, '');
}

describe('a letter in HTML', () => {
  it('has paragraphs, line breaks, lists, quotes and links where the plain text has them', () => {
    expect(bodyOf(LETTER)).toBe(
      [
        '<p>##- Please write above this line -##</p>',
        '<p>Hello Greta,</p>',
        '<p>please send us</p>',
        '<ul>',
        '<li>the number of the invoice</li>',
        '<li>the card that you used</li>',
        '</ul>',
        '<blockquote>',
        '<p>I was charged twice.</p>',
        '</blockquote>',
        '<p>Its page: <a href="https://desk.example/t/abc?score=1&amp;x=2">https://desk.example/t/abc?score=1&amp;x=2</a></p>',
      ].join('\n'),
    );
  });

  it.each([
    ['lines of one paragraph', 'Kind regards\nAna\n\nHarbour', '<p>Kind regards<br>\nAna</p>\n<p>Harbour</p>'],
    [
      'steps that count up',
      '2. Open it\n3. Turn it\n   twice',
      '<ol start="2">\n<li>Open it</li>\n<li>Turn it<br>\ntwice</li>\n</ol>',
    ],
    ['numbers that do not', '1. One\n3. Three', '<p>1. One<br>\n3. Three</p>'],
    ['a dash before a name', 'Yours\n\n- Ana', '<p>Yours</p>\n<p>- Ana</p>'],
    [
      'what is set in',
      'Run\n  npm start\n\tnow',
      '<p>Run<br>\n&nbsp;&nbsp;npm start<br>\n&nbsp;&nbsp;&nbsp;&nbsp;now</p>',
    ],
    ['quotes in quotes', '> a\n>> b', '<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>'],
    [
      'marks of Markdown',
      '**Act now**, [here](x) & <b>there</b>',
      '<p>**Act now**, [here](x) &amp; &lt;b&gt;there&lt;/b&gt;</p>',
    ],
  ])('keeps %s', (_, text, body) => {
    expect(bodyOf(text)).toBe(body);
  });

  it('says the same as the plain text, whatever people write (A-084)', () => {
    const words = (text: string) => text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
    const line = fc.stringMatching(/^(?:> |- |\d\. )?[a-zA-Zäé0-9<>&"'./:@() -]{0,40}$/);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        // Items that count up show their numbers in a program; our reader writes a dash for each.
        const said = words(htmlToText(htmlOf(text)));
        expect(said.replaceAll(/\d/g, '').replaceAll(/ +/g, ' ')).toBe(
          words(text).replaceAll(/\d/g, '').replaceAll(/ +/g, ' '),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('brings no element but those for what is written, whatever is written', () => {
    const tags = (text: string) => new Set([...htmlOf(text).matchAll(/<([a-z]+)/g)].map(([, name]) => name));
    const known = new Set('html head meta body div p br a ul ol li blockquote'.split(' '));
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(
          [...tags(`${text}\n> <img src=x onerror=alert(1)>\n<script>`)].filter((name) => !known.has(name ?? '')),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(htmlOf('<img src="https://x.example/pixel.png">')).not.toContain('<img');
  });
});

describe('links', () => {
  it.each([
    ['See https://desk.example/a.', 'See <a href="https://desk.example/a">https://desk.example/a</a>.'],
    ['(https://desk.example/a_(b))', '(<a href="https://desk.example/a_(b)">https://desk.example/a_(b)</a>)'],
    ['<https://desk.example>', '&lt;<a href="https://desk.example">https://desk.example</a>&gt;'],
    [
      '"https://desk.example/?q=\'x\'"',
      '&quot;<a href="https://desk.example/?q=&#39;x">https://desk.example/?q=&#39;x</a>&#39;&quot;',
    ],
    ['Ask ana@desk.example!', 'Ask <a href="mailto:ana@desk.example">ana@desk.example</a>!'],
    ['mailto:ana@desk.example', '<a href="mailto:ana@desk.example">mailto:ana@desk.example</a>'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['ftp://desk.example data:text/html,x', 'ftp://desk.example data:text/html,x'],
    ['https://', 'https://'],
    ['a@b', 'a@b'],
  ])('in %j', (line, html) => {
    expect(withLinks(line)).toBe(html);
  });

  it('are found quickly in a line that means harm', () => {
    const lines = ['http://', 'a@', 'a.', 'x'.repeat(64), '((', '@a.'].map((part) =>
      part.repeat(20_000).slice(0, 60_000),
    );
    expect(processorSeconds(() => lines.map(withLinks))).toBeLessThan(10);
  });
});

/** An answer to our letter, as programs quote it. */
function answered(program: keyof typeof PROGRAMS): string {
  const raw = aMail({ headers: ['Content-Type: text/html; charset=utf-8'], body: PROGRAMS[program](htmlOf(LETTER)) });
  return readMail(raw).text;
}

const PROGRAMS = {
  Gmail: (ours: string) =>
    `<div dir="ltr">It was 4711.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Sun, 1 Mar 2026 at 10:00, Desk &lt;<a href="mailto:help@desk.example">help@desk.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0">${ours}</blockquote></div>`,
  Outlook: (ours: string) =>
    `<html><body><div>It was 4711.</div><hr><div id="divRplyFwdMsg"><b>From:</b> Desk<br><b>Sent:</b> Sunday</div>${ours}</body></html>`,
  'Apple Mail': (ours: string) =>
    `<html><body>It was 4711.<br><div><br><blockquote type="cite"><div>On 1 Mar 2026, at 10:00, Desk &lt;help@desk.example&gt; wrote:</div><br></blockquote></div><blockquote type="cite">${ours}</blockquote></body></html>`,
  'one that marks nothing': (ours: string) => `<p>It was 4711.</p>${ours}`,
} as const;

describe('an answer to a letter in HTML', () => {
  it.each(Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[])('by %s is read without the letter', (program) => {
    const text = answered(program);
    expect(text).toContain('Hello Greta');
    expect(withoutQuotes(text).trim()).toBe('It was 4711.');
  });
});
