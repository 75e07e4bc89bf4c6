import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { startStack, STREAMING } from './start-stack.ts';
import type { StackOptions } from './start-stack.ts';

const executablePath = findChromium();
if (executablePath === undefined) {
  process.stderr.write(
    'The page is not tested: there is no chromium (apt-get install chromium, or set CHROMIUM_PATH).\n',
  );
}

test('the page makes markup and code of no text', async () => {
  const read = (name: string) => readFile(join(import.meta.dirname, '../page', name), 'utf8');
  const [script, html] = await Promise.all([read('page.js'), read('page.html')]);
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|DOMParser|\beval\b|new Function|srcdoc|javascript:/,
  );
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:/);
});

describe.skipIf(executablePath === undefined)('the page', () => {
  let browser: BrowserContext;
  let profile: string;

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'openclaw-chromium-'));
    browser = await chromium.launchPersistentContext(profile, {
      ...(executablePath !== undefined && { executablePath }),
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }, 30_000);

  afterAll(async () => {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  });

  /** Opens the page; a mistake in it, or a breach of its content security policy, fails the test. */
  async function visit(options: StackOptions = {}) {
    const stack = await startStack(options);
    const page = await browser.newPage();
    const mistakes: string[] = [];
    page.on('pageerror', (error) => mistakes.push(error.message));
    page.on('console', (message) => {
      // The browser itself notes each reply with an error status; those are part of some tests.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        mistakes.push(message.text());
    });
    onTestFinished(async () => {
      await page.close();
      expect(mistakes).toEqual([]);
    });
    await page.goto(stack.gateway.url);
    return { ...stack, page };
  }

  const answerOf = (page: Page) => page.locator('#try-answer');

  test('shows the models with what they can do', async () => {
    const { page } = await visit();
    await page.getByText('Running for').waitFor();
    const card = page.locator('.model', { hasText: 'gpt-oss:20b' });
    await card.waitFor();
    expect(await card.locator('.badge').allTextContents()).toEqual(['default', 'tools', 'reasoning']);
    expect(await page.locator('#hidden-models summary').textContent()).toBe('1 more not offered');
  });

  test('streams an answer with its reasoning, by keyboard alone, and lists the request', async () => {
    const { page, simulator } = await visit({
      config: STREAMING,
      simulator: {
        reply: () => ({
          steps: [{ reasoning: 'Greet back.' }, { text: 'Hello ' }, { stall: true }, { text: '<b>there</b>.' }],
        }),
      },
    });
    await page.locator('#try-model option').nth(1).waitFor({ state: 'attached' });
    await page.locator('#try-prompt').focus();
    await page.keyboard.type('Hi');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Hello', { exact: false }).waitFor();
    expect(await page.locator('#try-stop').isVisible()).toBe(true);
    simulator.release();
    await page.getByText('whole after').waitFor();
    expect(await answerOf(page).textContent()).toBe('Hello <b>there</b>.');
    expect(await page.locator('#try-reasoning .prose').textContent()).toBe('Greet back.');
    const entry = page.locator('#recent .entry');
    await entry.locator('summary').press('Enter');
    await entry.locator('li', { hasText: 'ollama/gpt-oss:20b' }).waitFor();
  });

  test('shows how to connect a client, without the token', async () => {
    const { page, gateway } = await visit({ token: 'a-long-token' });
    await page.locator('#token').fill('a-long-token');
    await page.locator('#login button').click();
    await page.locator('#connect-client').selectOption('opencode');
    const setup = page.locator('#connect-setup');
    await setup.getByText(`"baseURL": "${gateway.url}/v1"`, { exact: false }).waitFor();
    expect(await setup.textContent()).toContain('YOUR_GATEWAY_TOKEN');
    expect(await setup.textContent()).not.toContain('a-long-token');
  });

  test('stops an answer with Escape, and the model with it', async () => {
    const { page, simulator } = await visit({
      config: STREAMING,
      simulator: { reply: () => [{ text: 'One' }, { stall: true }] },
    });
    await page.locator('#try-prompt').fill('Count');
    await page.locator('#try-send').click();
    await page.getByText('One', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await simulator.journal.waitForClientLeft();
    await page.getByText('Stopped.').waitFor();
  });

  test('says what went wrong', async () => {
    const { page } = await visit({
      simulator: { reply: () => ({ http: { status: 400, body: '{"error":{"message":"no such thing"}}' } }) },
    });
    await page.locator('#try-prompt').fill('Hi');
    await page.locator('#try-send').click();
    await page.locator('#try-facts.bad', { hasText: 'no such thing' }).waitFor();
  });

  test('says which server cannot be reached and what to do', async () => {
    const { page, simulator } = await visit();
    await page.getByText('Running for').waitFor();
    await simulator.stopListening();
    const notice = page.locator('.notice');
    await notice.waitFor({ timeout: 14_000 });
    expect(await notice.textContent()).toContain('ollama serve');
  });

  test('wants the token before it shows anything, and keeps it for the tab', async () => {
    const { page } = await visit({ token: 'right' });
    await page.getByLabel('This gateway wants its token').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The token is wrong.').waitFor();
    expect(await page.locator('.model').count()).toBe(0);
    await page.getByLabel('This gateway wants its token').fill('right');
    await page.keyboard.press('Enter');
    await page.locator('.model').first().waitFor();
    await page.reload();
    await page.locator('.model').first().waitFor();
  });

  test.each(['light', 'dark'] as const)('is readable in %s', async (colorScheme) => {
    const { page } = await visit();
    await page.emulateMedia({ colorScheme });
    await page.locator('.model').first().waitFor();
    const colors = await page.evaluate<string[]>(
      '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))',
    );
    const [ink, ground] = colors.map((color) => (color.match(/\d+/g) ?? []).map(Number));
    expect(contrast(ink ?? [], ground ?? [])).toBeGreaterThan(7);
  });
});

/** WCAG 2.2: the ratio of relative luminances. */
function contrast(one: number[], other: number[]): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: number[]): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
