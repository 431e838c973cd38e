// Measurements of a full-screen program from outside: what it costs, and how soon a key or a line shows.

import { setTimeout as delay } from 'node:timers/promises';
import type { ScreenProgram } from './screen-program.ts';

export type Spent = { percent: number; bytesASecond: number; wakeUpsASecond: number };

/** `percent`: of one core. */
export async function spentOver(program: ScreenProgram, ms: number): Promise<Spent> {
  const [before, bytes, began] = [program.cost(), program.bytes(), performance.now()];
  await delay(ms);
  const after = program.cost();
  const seconds = (performance.now() - began) / 1000;
  return {
    percent: (after.cpuMs - before.cpuMs) / seconds / 10,
    bytesASecond: (program.bytes() - bytes) / seconds,
    wakeUpsASecond: (after.wakeUps - before.wakeUps) / seconds,
  };
}

const longestMs = 20_000;

/** In ms, from pressing `j` or `k` to the frame in which another task is selected. `restMs`: from that to the next key. */
export async function keysPainted(
  program: ScreenProgram,
  count: number,
  restMs = 20,
): Promise<number[]> {
  const samples: number[] = [];
  for (let number = 0; number < count; number++) {
    const before = selectedIn(program.screen());
    const began = performance.now();
    program.press(number % 2 === 0 ? 'j' : 'k');
    while (selectedIn(program.screen()) === before) {
      if (performance.now() - began > longestMs) throw new Error('A key selected no other task');
      await program.nextByte();
      await program.settled();
    }
    samples.push(performance.now() - began);
    await delay(restMs);
  }
  return samples;
}

let lines = 0;

/** In ms, from appending a line to what shows it. */
export async function linesShown(
  program: Pick<ScreenProgram, 'until'>,
  count: number,
  append: (text: string) => void,
): Promise<number[]> {
  const samples: number[] = [];
  for (let number = 0; number < count; number++) {
    const text = `line ${++lines} is there`;
    const began = performance.now();
    append(text);
    await program.until(new RegExp(text, 'u'));
    samples.push(performance.now() - began);
    await delay(130);
  }
  return samples;
}

function selectedIn(screen: readonly string[]): string {
  return screen.map((line) => /▸ \S (\S+)/.exec(line)?.[1]).find(Boolean) ?? '';
}
