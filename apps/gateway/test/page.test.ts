import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import axe from 'axe-core';
import fc from 'fast-check';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createGatewayLogger } from '../src/observe/create-gateway-logger.ts';
import { findChromium } from './find-chromium.ts';
import { MODELS, startStack, STREAMING } from './start-stack.ts';
import type { StackOptions } from './start-stack.ts';

const executablePath = findChromium();
if (executablePath === undefined) {
  process.stderr.write(
    'The page is not tested: there is no chromium (apt-get install chromium, or set CHROMIUM_PATH).\n',
  );
}

test('the page makes markup and code of no text', async () => {
  const folder = join(import.meta.dirname, '../page');
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const script = (await Promise.all(scripts.map(read))).join('\n');
  const html = await read('page.html');
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
  });

  afterAll(async () => {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
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

  const lastAnswer = (page: Page) => page.locator('.answer').last();

  async function send(page: Page, text: string): Promise<void> {
    await page.locator('#chat-model option').nth(1).waitFor({ state: 'attached' });
    await page.locator('#chat-prompt').focus();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }

  test('shows the models with what they can do', async () => {
    const { page } = await visit();
    await page.locator('#state-text', { hasText: 'Running' }).waitFor();
    const card = page.locator('.model', { hasText: 'gpt-oss:20b' });
    await card.waitFor();
    expect(await card.locator('.badge').allTextContents()).toEqual(['default', 'tools', 'reasoning']);
    expect(await card.textContent()).toContain('not asked yet');
    expect(await page.locator('#hidden-models summary').textContent()).toBe('1 more not offered');
  });

  test('filters many models by name and ability', async () => {
    const models = Array.from({ length: 10 }, (_, index) => ({
      name: `model-${index}:7b`,
      capabilities: ['completion', 'tools', ...(index === 3 ? ['thinking'] : [])],
    }));
    const { page } = await visit({ simulator: { models }, config: {} });
    await page.locator('.model').nth(9).waitFor();
    await page.getByLabel('Filter').fill('MODEL reasoning');
    await expect.poll(() => page.locator('.model').allTextContents()).toHaveLength(1);
    expect(await page.locator('#models-count').textContent()).toBe('1 of 10');
    await page.getByLabel('Filter').fill('nothing like it');
    await page.getByText('No model matches the filter.').waitFor();
  });

  test('shows in which order models are asked, and which the server does not have', async () => {
    const { page } = await visit({
      config: { agents: { defaults: { model: { primary: 'ollama/gone:1b', fallbacks: ['ollama/qwen3:8b'] } } } },
    });
    const order = page.locator('#order-list li');
    await order.nth(1).waitFor();
    expect(await order.allTextContents()).toEqual(['ollama/gone:1b not available', 'ollama/qwen3:8b not asked yet']);
  });

  test('shows what is in memory', async () => {
    const { page, simulator } = await visit();
    await page.getByText('No model is in memory.', { exact: false }).waitFor();
    simulator.load('qwen3:8b');
    const row = page.locator('#loaded tbody tr');
    await row.waitFor({ timeout: 45_000 });
    expect(await row.locator('th').textContent()).toBe('qwen3:8b');
    expect(await row.textContent()).toMatch(/GB.*%.*in \d+ min/);
  });

  test('shows the figures of large requests, and what is in memory, in narrow and wide windows', async () => {
    const { page } = await visit({
      simulator: {
        reply: () => ({ steps: [{ text: 'Hi' }], usage: { promptTokens: 131_072, completionTokens: 100_000 } }),
      },
    });
    await send(page, 'Hi');
    await page.locator('#recent .figures', { hasText: '131' }).waitFor();
    await page.locator('#loaded tbody tr').first().waitFor({ timeout: 14_000 });
    for (const width of [375, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const clipped = await page
        .locator('#recent .list, #recent summary, #loaded .table, #loaded')
        .evaluateAll((all) =>
          all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className || one.id),
        );
      expect(clipped, `${width} px`).toEqual([]);
    }
  });

  test('streams an answer with its reasoning, by keyboard alone, and lists the request', async () => {
    const { page, simulator } = await visit({
      config: STREAMING,
      simulator: {
        reply: () => ({
          steps: [
            { reasoning: 'Greet back.' },
            { stall: true },
            { text: 'Hello ' },
            { stall: true },
            { text: '<b>there</b>.' },
          ],
        }),
      },
    });
    await send(page, 'Hi');
    const answer = lastAnswer(page);
    await answer.getByText('Greet back.').waitFor();
    simulator.release();
    await answer.getByText('Hello').waitFor();
    expect(await page.locator('#chat-stop').isVisible()).toBe(true);
    simulator.release();
    await answer.getByText('complete after').waitFor();
    expect(await answer.locator('.markdown').textContent()).toBe('Hello <b>there</b>.');
    expect(await answer.locator('.reasoning .prose').isVisible()).toBe(false);
    expect(await page.locator('#chat-status').textContent()).toBe('The answer is complete.');
    const entry = page.locator('#recent .entry');
    await entry.locator('summary').press('Enter');
    await entry.locator('li', { hasText: 'ollama/gpt-oss:20b' }).waitFor();
  });

  test('has a conversation: what was said before goes along, until a new chat', async () => {
    const asked: unknown[] = [];
    const { page } = await visit({
      simulator: {
        reply: ({ messages }) => {
          asked.push(messages.map((message) => JSON.stringify(message)));
          return `Answer ${asked.length}`;
        },
      },
    });
    await send(page, 'One');
    await lastAnswer(page).getByText('complete after').waitFor();
    await send(page, 'Two');
    await page.getByText('Answer 2').waitFor();
    await lastAnswer(page).getByText('complete after').waitFor();
    await page.getByRole('button', { name: 'New chat' }).click();
    expect(await page.locator('.answer').count()).toBe(0);
    await send(page, 'Three');
    await page.getByText('Answer 3').waitFor();
    expect(asked).toEqual([
      ['{"role":"user","content":"One"}'],
      [
        '{"role":"user","content":"One"}',
        '{"role":"assistant","content":"Answer 1"}',
        '{"role":"user","content":"Two"}',
      ],
      ['{"role":"user","content":"Three"}'],
    ]);
  });

  test('shows Markdown, and copies code', async () => {
    const text = [
      '## Plan',
      'Use **two** steps, see [the docs](https://example.com/a) or `ls`:',
      '1. First:',
      '```sh',
      'echo "<hi>"',
      '',
      'ls',
      '```',
      '2. Then',
      '   - nested',
      '',
      '| a | b |',
      '|---|---|',
      '| 1 | *x* |',
      '',
      '[bad](javascript:alert(1))',
    ].join('\n');
    const { page } = await visit({ simulator: { reply: () => text } });
    await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
    await send(page, 'Hi');
    const answer = lastAnswer(page);
    await answer.getByText('complete after').waitFor();
    const markdown = answer.locator('.markdown');
    expect(await markdown.locator('h3').textContent()).toBe('Plan');
    expect(await markdown.locator('strong').textContent()).toBe('two');
    expect(await markdown.locator('a').getAttribute('href')).toBe('https://example.com/a');
    expect(await markdown.locator('a').count()).toBe(1);
    expect(await markdown.locator('td em').textContent()).toBe('x');
    expect(await markdown.locator('li li').textContent()).toBe('nested');
    await markdown.locator('.code button').click();
    await markdown.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('echo "<hi>"\n\nls');
  });

  test('Markdown that comes in pieces looks like Markdown that comes whole, and loses no words', async () => {
    const piece = fc.constantFrom(
      'word',
      ' ',
      '\n',
      '\n\n',
      '```',
      '~~~\n',
      '`',
      '**',
      '_',
      '~~',
      '# ',
      '- ',
      '  - ',
      '1. ',
      '> ',
      '|',
      '|-|-|',
      '[',
      '](',
      ')',
      'https://a.b/c',
      '\\',
      '<i>',
      '---\n',
      '    ',
    );
    const texts = fc.sample(fc.array(piece, { maxLength: 30 }), { numRuns: 300, seed: 7 });
    const { page } = await visit();
    const differences = await page.evaluate<string[][]>(`${COMPARE_MARKDOWN}(${JSON.stringify(texts)})`);
    expect(differences).toEqual([]);
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
    await send(page, 'Count');
    await page.getByText('One', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await simulator.journal.waitForClientLeft();
    await page.locator('.facts', { hasText: 'Stopped.' }).waitFor();
  });

  test('shows an error and keeps the message', async () => {
    const { page } = await visit({
      simulator: { reply: () => ({ http: { status: 400, body: '{"error":{"message":"no such thing"}}' } }) },
    });
    await send(page, 'Hi');
    await page.locator('.facts.bad', { hasText: 'no such thing' }).waitFor();
    expect(await page.locator('#chat-prompt').inputValue()).toBe('Hi');
  });

  test('shows the end of the log, and new lines as they come', async () => {
    const logger = createGatewayLogger({
      logging: { level: 'info', prompts: false },
      console: { write: () => true },
      interactive: false,
    });
    const { page } = await visit({ logger });
    await page.locator('#log summary').click();
    const lines = page.locator('#log-lines');
    await lines.getByText('ready').waitFor();
    await send(page, 'Hi');
    await lines.getByText('POST /v1/chat/completions').waitFor({ timeout: 45_000 });
  });

  test('says that the gateway does not reply, and since when', async () => {
    const { page, gateway } = await visit();
    await page.locator('.model').first().waitFor();
    await gateway.close();
    await page.getByText('Gateway unreachable; retrying. Last reply at').waitFor({ timeout: 45_000 });
    expect(await page.locator('main').getAttribute('class')).toBe('stale');
  });

  test('says which server cannot be reached and what to do', async () => {
    const { page, simulator } = await visit();
    await page.locator('#state-text', { hasText: 'Running' }).waitFor();
    await simulator.stopListening();
    const notice = page.locator('.notice');
    await notice.waitFor({ timeout: 45_000 });
    expect(await notice.textContent()).toContain('ollama serve');
  });

  test('asks for the token before it shows anything, and keeps it for the tab', async () => {
    const { page } = await visit({ token: 'right' });
    await page.getByLabel('Token of this gateway').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The token is wrong.').waitFor();
    expect(await page.locator('.model').count()).toBe(0);
    await page.getByLabel('Token of this gateway').fill('right');
    await page.keyboard.press('Enter');
    await page.locator('.model').first().waitFor();
    await page.reload();
    await page.locator('.model').first().waitFor();
  });

  test('shows the endpoints of a provider', async () => {
    const servers = [await startOllamaSimulator({ models: MODELS }), await startOllamaSimulator({ models: MODELS })];
    for (const server of servers) onTestFinished(server.close);
    const endpoints = servers.map(({ url }, index) => ({ baseUrl: url, name: `gpu-${index + 1}` }));
    const { page } = await visit({ config: { models: { providers: { lab: { api: 'ollama', endpoints } } } } });
    const rows = page.locator('#endpoints tbody tr');
    await rows.nth(1).waitFor();
    expect(await rows.locator('th').allTextContents()).toEqual(['lab/gpu-1', 'lab/gpu-2']);
    expect(await rows.first().textContent()).toContain('ready');
  });

  test('shows the owner what each client has used, and nothing to a client', async () => {
    const tokens = { ci: { token: 'ci-token', models: ['ollama/*'], requestsPerMinute: 60 } };
    const { page, chat } = await visit({ token: 'right', config: { gateway: { auth: { tokens } } } });
    expect((await chat({}, { headers: { authorization: 'Bearer ci-token' } })).status).toBe(200);
    await page.getByLabel('Token of this gateway').fill('ci-token');
    await page.keyboard.press('Enter');
    await page.getByText('is for the owner of the gateway').waitFor();
    await page.getByLabel('Token of this gateway').fill('right');
    await page.keyboard.press('Enter');
    const clients = page.getByRole('region', { name: 'Clients' });
    await clients.getByText('ollama/* · 1 of 60 requests this minute').waitFor();
    expect(await clients.textContent()).not.toContain('ci-token');
  });

  test.each(['light', 'dark'] as const)('is accessible in %s', async (colorScheme) => {
    const { page } = await visit({ simulator: { reply: () => '# Title\n\n```sh\nls\n```\n\n> quoted `code`' } });
    await page.emulateMedia({ colorScheme });
    await page.locator('.model').first().waitFor();
    await send(page, 'Hi');
    await lastAnswer(page).getByText('complete after').waitFor();
    await page.locator('#log summary').click();
    await page.evaluate(axe.source);
    const violations = await page.evaluate<unknown[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
    );
    expect(violations).toEqual([]);
    const borders = await page.evaluate<string[]>(
      '(({ borderTopColor, backgroundColor }) => [borderTopColor, backgroundColor])(getComputedStyle(document.getElementById("chat-prompt")))',
    );
    const [border, field] = borders.map((color) => (color.match(/\d+/g) ?? []).map(Number));
    expect(contrast(border ?? [], field ?? [])).toBeGreaterThan(3);
    const colors = await page.evaluate<string[]>(
      '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))',
    );
    const [ink, ground] = colors.map((color) => (color.match(/\d+/g) ?? []).map(Number));
    expect(contrast(ink ?? [], ground ?? [])).toBeGreaterThan(7);
  });
});

/** Runs in the page: samples of which the whole text is shown in another way than its pieces, or without all words. */
const COMPARE_MARKDOWN = `(async (samples) => {
  const { createMarkdownView } = await import('/markdown.js');
  const render = (pieces) => {
    const place = document.createElement('div');
    const view = createMarkdownView(place);
    let text = '';
    for (const one of pieces) view.update((text += one));
    return place;
  };
  const words = (text) => text.split('word').length;
  return samples.filter((pieces) => {
    const text = pieces.join('');
    const whole = render([text]);
    return render(pieces).innerHTML !== whole.innerHTML || words(whole.textContent) !== words(text);
  });
})`;

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
