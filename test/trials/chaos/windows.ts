// Moments of a few microseconds that random kills miss: the program dies by itself in each of them, now and then.
// `counter` is how it was not built: it trusts a stored number instead of comparing.

import type { Alteration } from './altered-program.ts';

/** One letter a death, so that a trial can tell whether each window was met. */
export const deathsFile = 'deaths';

const fs = 'process.getBuiltinModule("node:fs")';
const home = 'process.env.XDG_STATE_HOME';

function dies(letter: string, chance: number): string {
  return `if (Math.random() < ${chance}) { ${fs}.appendFileSync(${home} + "/${deathsFile}", "${letter}"); process.kill(process.pid, "SIGKILL"); }\n`;
}

export const windows: readonly (Alteration & { letter: string })[] = [
  {
    letter: 'h',
    what: 'half a write',
    find: /^( *)const \{ bytesWritten \} = await file\.write\(bytes, done\);/gmu,
    put: `if (bytes.length > 1 && Math.random() < 0.02) {
  await file.write(bytes, done, Math.max(1, bytes.length - done >> 1));
  ${dies('h', 1)}}
$&`,
  },
  {
    letter: 'c',
    what: 'between copy and end line',
    find: /^ *const at = await copyInto\(log\);\n/gmu,
    put: `$&${dies('c', 0.2)}`,
  },
  {
    letter: 'e',
    what: 'between end line and record',
    find: /^ *const \w+ = await copy\.end\(\(endOfOutput\) => endLines\(record, \w+, endOfOutput\)\);\n/gmu,
    put: `$&${dies('e', 0.2)}`,
  },
  {
    letter: 'r',
    what: 'between record and removal',
    find: /^ *await state\.removeOutput\(uuid\);\n/gmu,
    put: `{\n${dies('r', 0.2)}$&}\n`,
  },
];

/** How much was copied is stored after each write, and believed. */
export const counter: readonly Alteration[] = [
  {
    what: 'storing how much was copied',
    find: /^ *await appendWhole\(log, bytes, \(\w+\) => at\.copied \+= \w+\);\n/gmu,
    put: `$&${fs}.writeFileSync(${home} + "/counter-" + uuid, String(at.copied));\n`,
  },
  {
    what: 'believing it',
    find: /^( *)async function locate\(log\) \{\n/gmu,
    put: `$&const copied = Number(${fs}.readFileSync(${home} + "/counter-" + uuid, { encoding: "utf8", flag: "a+" }));
const { dev, ino } = await log.stat();
if (copied > 0) return { stream: streamFrom(0), begins: offset, copied, device: dev, inode: ino };
`,
  },
];
