// The user's editor, on a copy of a text in the state directory: whatever happens there, the text itself stays as it is.
// Each edit has a file of its own, so that a text that was not taken is not overwritten by the next one.

import { constants } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';
import { execa, parseCommandString } from 'execa';
import { errorMessage } from '../core/text/error-message.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `path`, `kept`: where the text is, and stays if it is not taken. */
export type EditorAnswer =
  { text: string; path: string } | { problem: string; kept: string | null };

/**
 * `place`: where the copy is, unless another one is there. Runs `$VISUAL`, `$EDITOR` or vi on the file, without a shell; it has the terminal. `maxBytes`: of a text that is taken.
 */
export async function editText(
  place: string,
  text: string,
  { environment, maxBytes }: { environment: Environment; maxBytes: number },
): Promise<EditorAnswer> {
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  const path = await newFile(place, text);
  const command = environment['VISUAL']?.trim() || environment['EDITOR']?.trim() || 'vi';
  const problem = await runEditor(command, path);
  if (problem !== null) {
    const isSame = (await readText(path, maxBytes)) === text;
    if (isSame) await forgetEdited(path);
    return { problem, kept: isSame ? null : path };
  }
  const edited = await readText(path, maxBytes);
  if (edited !== null) return { text: edited, path };
  return { problem: 'The editor left no text, or one that is too long', kept: path };
}

/** `task_list.md`, or else `task_list.2.md`, … */
async function newFile(place: string, text: string): Promise<string> {
  const { dir, name, ext } = parse(place);
  for (let number = 1; ; number++) {
    const path = number === 1 ? place : join(dir, `${name}.${number}${ext}`);
    try {
      await writeFile(path, text, { mode: 0o600, flag: 'wx' });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The text was taken. */
export async function forgetEdited(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Not in the project: its own settings of an editor are not the user's. */
async function runEditor(command: string, path: string): Promise<string | null> {
  const [program, ...words] = parseCommandString(command);
  if (program === undefined) return 'EDITOR names no program';
  if (!process.stdin.isTTY) return 'Standard input is not the terminal, which an editor needs';
  try {
    await leaveKeys();
    const { failed, exitCode, code } = await execa(program, [...words, path], {
      stdin: 'inherit',
      stdout: 'inherit',
      stderr: 'inherit',
      cwd: dirname(path),
      reject: false,
    });
    if (!failed) return null;
    return code === 'ENOENT'
      ? `There is no editor ${program}: set VISUAL or EDITOR`
      : `${basename(program)} ended with ${exitCode === undefined ? 'a signal' : `exit code ${exitCode}`}`;
  } catch (error) {
    return `${basename(program)} could not be started: ${errorMessage(error)}`;
  }
}

/**
 * Ink listens no more, but Node reads on, and takes keys from the program that has the terminal. Pausing ends that, a tick
 * later; a tick before, Node does not know yet that nobody listens, and pausing does nothing.
 */
export async function leaveKeys(): Promise<void> {
  await tick();
  process.stdin.pause();
  await tick();
}

function tick(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Null for what is no text, or too long. */
async function readText(path: string, maxBytes: number): Promise<string | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    if (size > maxBytes) return null;
    const text = new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(
      await file.readFile(),
    );
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
