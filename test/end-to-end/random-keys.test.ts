// A thousand random keys and sizes, the same ones for the same seed.

import { expect } from 'vitest';
import { commands } from '../../source/screen/commands/command-table.ts';
import { noticeMs } from '../../source/ui/rows/status-rows.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { seededRandom } from '../trials/outside/random.ts';
import { test } from '../helpers/end-to-end-world.ts';

const count = 1000;

test('a thousand random keys and sizes break nothing, and a full redraw changes nothing', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  for (const name of ['docs', 'shop', 'tidy', '日本語の仕事'])
    await world.prepare(name, { done: 1 });
  // The editor that `e` opens ends at once.
  const env = { ...world.env, AUTONOMOUS_CODEX: '/nowhere/codex', VISUAL: 'true' };
  const dashboard = await world.dashboard([], { env });
  await dashboard.waitFor('▸ ○ docs');
  const random = seededRandom(20_260_129);
  let hasEnded = false;
  void dashboard.exited.then(() => (hasEnded = true));
  const pressed: string[] = [];
  const lately = () =>
    `after ${JSON.stringify(pressed.slice(-80))}:\n${dashboard.screen().join('\n')}`;

  /** The screen as the keys left it: any other action first would draw over stale cells. */
  async function expectNothingStale(look: { rowsLeftOut: number; stillMs: number }): Promise<void> {
    const seen = async (stillMs: number): Promise<string[]> => {
      const rows = withoutClock(await dashboard.whenStill({ stillMs }));
      return rows.slice(0, rows.length - look.rowsLeftOut);
    };
    const before = await seen(look.stillMs);
    const from = dashboard.rawBytes().length;
    dashboard.kill('SIGCONT');
    await dashboard.waitFor(() => hasTakenBack(dashboard.rawBytes().slice(from)));
    expect(await seen(500), `It was stale ${lately()}`).toEqual(before);
  }

  for (let key = 0; key < count && !hasEnded; key++) {
    if (random.next() < 0.04) dashboard.resize(random.between(1, 200), random.between(1, 60));
    else {
      pressed.push(random.pick(randomKeys));
      dashboard.press(pressed.at(-1)!);
    }
    // Time for some of the sizes to be drawn. A notice may be over by the second look, so its rows do not count.
    if (key % 200 === 199) await expectNothingStale({ rowsLeftOut: 2, stillMs: 500 });
    else if (key % 50 === 49) await dashboard.whenStill();
  }
  expect(hasEnded, `It ended ${lately()}`).toBe(false);
  await expectNothingStale({ rowsLeftOut: 0, stillMs: noticeMs + 500 });
  // Wide enough for the hint of every key of the tasks.
  dashboard.resize(200, 36);
  await atTheTasks(dashboard);
  expect(world.requests).toEqual([]);
  expect(dashboard.isFullScreen()).toBe(true);
});

/**
 * Every key with a meaning, except those that quit or write (the palette would find those, too, so it gets whole
 * words); some unused keys; mouse, paste, rubbish.
 */
const randomKeys: readonly string[] = [
  ...new Set(
    commands
      .flatMap(({ keys }) => keys)
      .filter((key) => key.length === 1 && !'qQxy:'.includes(key)),
  ),
  ...['up', 'down', 'pageup', 'pagedown', 'home', 'end', 'tab', 'enter', 'escape'],
  ...[':zoom\r', ':help\r', ':zz\u001B'],
  // Otherwise most of the thousand keys would go into the form that `n` opens.
  ...Array.from({ length: 12 }, () => 'escape'),
  ...['1', 'ü', '日', '👩‍👩‍👧', '\u001B[Z', '\u001B[15~', '\u001B[<0;9;5M', '\u001B[<65;9;5M'],
  ...['\u001B[200~qQ\u0003\u001B[201~', '\u001B[<0;9', '\u001B[', '\u0001', '\u007F'],
];

/** Closes everything that is open, one thing per Esc. */
async function atTheTasks(dashboard: Terminal): Promise<void> {
  for (let times = 0; times < 12; times++) {
    dashboard.press('escape');
    const screen = (await dashboard.whenStill()).join('\n');
    if (/Enter open .*Space mark/.test(screen)) return;
  }
  throw new Error(`Esc does not get back to the tasks:\n${dashboard.screen().join('\n')}`);
}

/** The terminal was lent and taken back, so everything was drawn again. */
function hasTakenBack(bytes: string): boolean {
  return /\u001B\[\?1049l[^]*\u001B\[\?1049h/.test(bytes);
}

function withoutClock(screen: readonly string[]): string[] {
  return screen.map((line, row) => (row === 0 ? line.replace(/\d\d:\d\d$/, '') : line));
}
