import type { Page } from 'playwright-core';

/**
 * What of a page came from somebody else than us, read in the browser after it has made of the markup what it will. An
 * expression for `page.evaluate`; its value is a list of complaints.
 */
const FOREIGN = `(() => {
  const complaints = [];
  const say = (element, what) => complaints.push(what + ': ' + element.outerHTML.replace(/\\s+/g, ' ').slice(0, 160));
  const leads = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'srcdoc', 'ping', 'poster', 'background']);
  const loads = new Set(['src', 'action', 'formaction', 'data', 'srcdoc', 'poster', 'background']);
  const isOurs = (address) => URL.canParse(address, document.baseURI) && new URL(address, document.baseURI).origin === location.origin;
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches('iframe, frame, object, embed, base, math, meta[http-equiv]')) say(element, 'an element that we do not use');
      if (element.matches('script:not([src])')) say(element, 'a script of nobody');
      if (element.matches('link') && !isOurs(element.href)) say(element, 'a file of another site');
      if (element instanceof HTMLTemplateElement) look(element.content);
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) say(element, 'an attribute that runs');
        if (leads.has(name) && /^(javascript|vbscript|data):/i.test(value.replace(/[^!-~]/g, ""))) say(element, 'an address that runs');
        if (loads.has(name) && !isOurs(value)) say(element, 'something of another site');
      }
    }
  };
  look(document);
  return complaints;
})()`;

/** Looks at pages with whatever a browser says while it shows them. */
export interface PageSafety {
  /** Opens the page; complaints are kept with its address. Resolves with the status. */
  open(address: string): Promise<number>;
  /** Fills the fields with these labels and presses a button, which opens another page. */
  press(button: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** Shows a letter as programs for mail would that forbid nothing. Resolves with what stands there and is not ours. */
  show(letter: string): Promise<readonly string[]>;
  /** Everything that no page of ours does, since this was asked before. */
  complaints(): readonly string[];
}

/** `origin` is whence alone may be loaded. */
export async function watchSafety(page: Page, origin: string): Promise<PageSafety> {
  const complaints: string[] = [];
  let at = '';
  const complain = (what: string) => void complaints.push(`${at}: ${what}`);
  page.on('dialog', (dialog) => {
    complain(`a dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on('pageerror', (error) => complain(`an error: ${error.message}`));
  page.on('console', (message) => {
    // Said of a page that is a refusal.
    const isStatus = message.text().startsWith('Failed to load resource') && message.location().url === page.url();
    if (message.type() === 'error' && !isStatus) complain(`on the console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const isOurs = request.url().startsWith(`${origin}/`) || request.url().startsWith('data:image/');
    if (!isOurs) complain(`loads ${request.url()}`);
  });
  await page.exposeFunction('complainOfPolicy', complain);
  await page.addInitScript(
    `document.addEventListener('securitypolicyviolation', (event) => complainOfPolicy('against the policy: ' + event.effectiveDirective + ' ' + event.blockedURI))`,
  );
  const look = async () => {
    const found = (await page.evaluate(FOREIGN)) as string[];
    for (const complaint of found) complain(complaint);
    return found;
  };
  return {
    complaints: () => complaints.splice(0),
    async open(address) {
      at = address;
      const response = await page.goto(`${origin}${address}`);
      await look();
      return response?.status() ?? 0;
    },
    async press(button, fields) {
      for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: button }).click()]);
      at = `after ${button} on ${at}`;
      await look();
    },
    async show(letter) {
      at = 'a letter';
      // A page that was there before would lend its policy.
      await page.goto('about:blank');
      await page.setContent(letter, { waitUntil: 'domcontentloaded' });
      return look();
    },
  };
}
