// `npm run soak [-- --frames N]`: a hundred thousand frames with ten growing logs, searches and resizes. At the end,
// memory and handles must be as after the first tenth, and a full redraw must change nothing. Exits with 1 if not.

import { parseArgs } from 'node:util';
import { openDashboard } from './lib/screen/dashboard.ts';
import { logLine, makeProject, taskName } from './lib/project.ts';

const { values } = parseArgs({ options: { frames: { type: 'string', default: '100000' } } });
const frames = Number(values.frames);
const tasks = 10;
/** The factor by which memory may grow after the first tenth: garbage collection has no fixed time. */
const mostGrowth = 1.25;
/** After this many frames in a row that differ only in spinners and clocks, every key has been handled. */
const samePictures = 5;

const project = makeProject({ tasks, running: tasks, logLines: 400 });
const program = openDashboard(project);
const problems: string[] = [];
try {
  await program.until(/Tasks/);
  program.press('\r');
  await program.until(/Esc back/);
  let number = 10_000;
  let afterTenth = program.cost();
  for (let frame = 0; frame < frames; frame += 50) {
    for (let key = 0; key < 50; key++) {
      program.press(key < 25 ? 'k' : 'j');
      await program.nextByte();
    }
    if (frame % 500 === 0) {
      const lines = [logLine(number++), logLine(number++)];
      for (let task = 0; task < tasks; task++) project.appendLog(taskName(task), lines);
    }
    if (frame % 5000 === 0) await look(frame);
    if (frame === Math.floor(frames / 500) * 50) afterTenth = program.cost();
  }
  const last = program.cost();
  const growth = last.rssMiB / afterTenth.rssMiB;
  say(
    `${frames} frames: ${last.rssMiB.toFixed(0)} MiB, ${growth.toFixed(2)} × the value after a tenth`,
  );
  say(`${last.handles} handles, ${afterTenth.handles} after a tenth`);
  if (growth > mostGrowth) problems.push('memory grows');
  if (last.handles > afterTenth.handles + 2) problems.push('handles are left open');
  await sameAfterRedraw();
} finally {
  await program.end();
  project.remove();
}
for (const problem of problems) say(`✗ ${problem}`);
if (problems.length === 0) say('✓ Memory, handles and screen are as before.');
process.exit(problems.length === 0 ? 0 : 1);

/** Searches, then resizes the terminal and back. */
async function look(frame: number): Promise<void> {
  program.press('/passed\r');
  await program.until(/\d+ of \d+ matches/);
  program.press('\u001B');
  for (const [columns, rows] of [
    [80, 24],
    [200, 60],
    [120, 40],
  ] as const) {
    program.resize(columns, rows);
    await program.until(/Tasks/);
  }
  program.press('F');
  if (frame % 20_000 === 0) say(`${frame} frames, ${program.cost().rssMiB.toFixed(0)} MiB`);
}

async function sameAfterRedraw(): Promise<void> {
  program.press('F');
  const before = await still();
  program.resize(90, 30);
  await still();
  program.resize(120, 40);
  const after = await still();
  const stale = before.flatMap((line, row) => (line === after[row] ? [] : [row]));
  for (const row of stale)
    problems.push(`row ${row} was stale:\n  ${before[row]}\n  ${after[row]}`);
}

/** The screen once it no longer changes. Ten tasks run, so their spinners always cause a next frame. */
async function still(): Promise<string[]> {
  let rows = standingRows();
  for (let same = 0; same < samePictures;) {
    await program.nextByte();
    await program.settled();
    const next = standingRows();
    same = next.join('\n') === rows.join('\n') ? same + 1 : 0;
    rows = next;
  }
  return rows;
}

/** The screen without the parts that always change: clock, spinners and durations. */
function standingRows(): string[] {
  return program.screen().map((line) =>
    line
      .replace(/[⠁-⣿]|\d+(?::\d+)*(?:\.\d+)?|[smh]\b/gu, '')
      .replace(/ +/g, ' ')
      .trimEnd(),
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
