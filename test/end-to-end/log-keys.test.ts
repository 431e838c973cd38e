// Every key of the log, pressed in a real terminal: a log of many sessions, longer than the tail that is read first.

import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { zonedTime } from '../../source/core/text/numbers.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { message } from '../helpers/log-lines.ts';
import { logText, lookingAtLog, writeLongLog } from '../helpers/long-log.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { until } from '../helpers/until.ts';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

async function inLog(
  makeWorld: () => Promise<EndToEndWorld>,
): Promise<{ world: EndToEndWorld; log: string; dashboard: Terminal }> {
  const world = await makeWorld();
  const log = await writeLongLog(world);
  return { world, log, dashboard: await lookingAtLog(world) };
}

/** The selection is on the entry's first line, wherever in the log it was before. */
async function jumpToSession(dashboard: Terminal, session: number): Promise<void> {
  pressFor(dashboard, 'log', 'jump');
  await dashboard.waitFor('Go to:');
  dashboard.type(`session ${session}`);
  pressFor(dashboard, 'ask', 'ask-done');
  await dashboard.waitFor(new RegExp(`▸.*session ${session} · working`));
}

async function beginSearch(dashboard: Terminal): Promise<void> {
  pressFor(dashboard, 'log', 'search');
  await dashboard.waitFor('Search:');
}

describe.concurrent('in the log', () => {
  test('a search covers the whole log, folded output included, from match to match', async ({
    makeWorld,
  }) => {
    const { dashboard } = await inLog(makeWorld);
    await beginSearch(dashboard);
    dashboard.type('built 7-');
    // It jumps while the user types; Esc goes back, Enter stays.
    await dashboard.waitFor('12 of 12 matches');
    await dashboard.waitFor('built 7-11');
    pressFor(dashboard, 'ask', 'close');
    await dashboard.waitFor('Session 40: completed');
    await beginSearch(dashboard);
    dashboard.type('built 7-');
    pressFor(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor('12 of 12 matches');
    await dashboard.waitFor('built 7-11');
    pressFor(dashboard, 'log', 'previous-match');
    await dashboard.waitFor('11 of 12 matches');
    await dashboard.waitFor('built 7-10');
    pressFor(dashboard, 'log', 'next-match');
    pressFor(dashboard, 'log', 'next-match');
    await dashboard.waitFor('1 of 12 matches · wrapped to the top');
    await dashboard.waitFor('built 7-0');
    pressFor(dashboard, 'log', 'clear-log');
    await dashboard.waitUntilGone('matches');
    // A regular expression, an invalid one, and plain text again.
    await beginSearch(dashboard);
    pressFor(dashboard, 'ask', 'ask-form');
    dashboard.type('built (7|8)-1$');
    pressFor(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor(/\d of 2 matches/);
    await beginSearch(dashboard);
    pressFor(dashboard, 'ask', 'ask-form');
    dashboard.type('(');
    pressFor(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor(/[Uu]nterminated|no expression|not an expression/);
    pressFor(dashboard, 'ask', 'close');
    await dashboard.waitUntilGone('Regex:');
  });

  test('a filter shows one kind, errors are visited, a session is shown alone', async ({
    makeWorld,
  }) => {
    const { dashboard } = await inLog(makeWorld);
    pressFor(dashboard, 'log', 'next-error');
    await dashboard.waitFor(/▸.*Something went wrong in thirty/);
    pressFor(dashboard, 'log', 'previous-error');
    await dashboard.waitFor(/▸.*make part-20-5/);
    pressFor(dashboard, 'log', 'session-alone');
    await dashboard.waitFor('session 20');
    pressFor(dashboard, 'panes', 'first');
    await dashboard.waitFor(/session 20 · working/);
    pressFor(dashboard, 'log', 'session-alone');
    pressFor(dashboard, 'log', 'follow');
    await dashboard.waitFor('Session 40: completed');
    pressFor(dashboard, 'log', 'log-filter');
    await dashboard.waitFor(/messages/);
    await dashboard.waitUntilGone('make part-40-11');
    pressFor(dashboard, 'log', 'clear-log');
    await dashboard.waitFor('make part-40-11');
  });

  test('an entry expands, shows its JSON, is cut or wrapped, and scrolls sideways', async ({
    makeWorld,
  }) => {
    const { dashboard } = await inLog(makeWorld);
    await jumpToSession(dashboard, 3);
    pressFor(dashboard, 'panes', 'down');
    await dashboard.waitFor(/▸.*make part-3-0/);
    pressFor(dashboard, 'log', 'open-entry');
    await dashboard.waitUntilGone('make part-3-1');
    pressFor(dashboard, 'log', 'open-entry');
    await dashboard.waitFor('make part-3-1');
    pressFor(dashboard, 'log', 'raw');
    await dashboard.waitFor('"aggregated_output"');
    // One line of the JSON has the whole output.
    const rowsOfOutput = (screen: readonly string[]) =>
      screen.filter((row) => row.includes('a line of output')).length;
    await dashboard.waitFor((screen) => rowsOfOutput(screen) > 1);
    pressFor(dashboard, 'log', 'wrap');
    await dashboard.waitFor((screen) => rowsOfOutput(screen) === 1);
    pressFor(dashboard, 'log', 'scroll-right');
    await dashboard.waitUntilGone('"aggregated_output"');
    pressFor(dashboard, 'log', 'scroll-left');
    await dashboard.waitFor('"aggregated_output"');
    pressFor(dashboard, 'log', 'scroll-right', 1);
    await dashboard.waitUntilGone('"aggregated_output"');
    pressFor(dashboard, 'log', 'scroll-left', 1);
    await dashboard.waitFor('"aggregated_output"');
    pressFor(dashboard, 'log', 'wrap');
    await dashboard.waitFor((screen) => rowsOfOutput(screen) > 1);
    pressFor(dashboard, 'log', 'raw');
    await dashboard.waitUntilGone('"aggregated_output"');
  });

  test('new lines are counted while scrolled back, and F follows again', async ({ makeWorld }) => {
    const { log, dashboard } = await inLog(makeWorld);
    pressFor(dashboard, 'panes', 'first');
    await dashboard.waitFor(/▸.*session 1 · working/);
    await appendFile(log, logText([message('one more', 'x1'), message('and another', 'x2')]));
    await dashboard.waitFor('2 new below');
    expect(dashboard.screen().join('\n')).toMatch(/▸.*session 1 · working/);
    pressFor(dashboard, 'log', 'follow');
    await dashboard.waitFor('and another');
    await dashboard.waitUntilGone('new below');
  });

  test('head and tail of a long entry are copied, and all of it once it is expanded', async ({
    makeWorld,
  }) => {
    const { log, dashboard } = await inLog(makeWorld);
    const output = Array.from({ length: 4000 }, (_, number) => `line ${number}`).join('\n');
    const command = { id: 'long', type: 'command_execution', command: 'make all' };
    const item = { ...command, aggregated_output: output, exit_code: 0, status: 'completed' };
    await appendFile(log, logText([{ type: 'item.completed', item }, message('behind', 'm1')]));
    await dashboard.waitFor('behind');
    pressFor(dashboard, 'panes', 'up');
    await dashboard.waitFor(/▸.*make all/);
    await dashboard.waitFor(/more than \d+ lines/);
    pressFor(dashboard, 'log', 'copy');
    await dashboard.waitFor('without the middle; Enter expands the entry');
    pressFor(dashboard, 'log', 'open-entry');
    // The known part is shown at once, and the whole entry as soon as it is read.
    await until('all of it is copied', () => {
      pressFor(dashboard, 'log', 'copy');
      return dashboard.screen().some((row) => row.includes('Copied 4001 lines'));
    });
    expect(dashboard.screen().join('\n')).not.toContain('without the middle');
  });

  test('an entry is copied to the clipboard, and the shown log is exported to a new file', async ({
    makeWorld,
  }) => {
    const { world, dashboard } = await inLog(makeWorld);
    await jumpToSession(dashboard, 3);
    expect(dashboard.rawBytes()).not.toContain('\u001B]52;');
    pressFor(dashboard, 'panes', 'down');
    pressFor(dashboard, 'panes', 'down');
    pressFor(dashboard, 'log', 'copy');
    await dashboard.waitFor('Copied');
    const copied = /\u001B\]52;c;([^\u0007]*)\u0007/u.exec(dashboard.rawBytes())?.[1] ?? '';
    expect(Buffer.from(copied, 'base64').toString()).toBe('Part 0 of session 3 is there');

    const path = join(world.project, 'out.jsonl');
    pressFor(dashboard, 'log', 'session-alone');
    const exportTo = async (file: string, expected: RegExp) => {
      pressFor(dashboard, 'log', 'export');
      await dashboard.waitFor('Export to:');
      dashboard.type(file);
      pressFor(dashboard, 'ask', 'ask-done');
      await dashboard.waitFor(expected);
    };
    await exportTo(path, /2[56] entries/);
    await exportTo(path, /File already exists; choose another name/);
    await exportTo('~/out.md', /entries written to ~\/out.md/);
    await exportTo('~/out.txt', /entries written to ~\/out.txt/);
    await exportTo('nowhere/out.txt', /No such directory: nowhere/);
    const [markdown, text] = await Promise.all(
      ['out.md', 'out.txt'].map((file) => readFile(join(world.home, file), 'utf8')),
    );
    const begun = zonedTime(Date.UTC(2026, 0, 29, 1, 3)).replace('+', '\\+');
    expect(markdown).toMatch(
      new RegExp(
        `^# shop\n\nLog from ${begun}\\. Only one session\\.\n\n` +
          `## session 3, working, completed\n\n\\*${begun}\\*\n\n\`{3}\n\\$ make part-3-0\n`,
      ),
    );
    expect(text).toMatch(new RegExp(`^${begun} {2}session 3, working, completed\n- {2}\\$ make`));
    const written = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(written.map((line) => JSON.parse(line) as { kind: string })[1]).toMatchObject({
      kind: 'command',
      command: 'make part-3-0',
    });
  });
});
