// `session.files`: which files the session that runs has changed, as far as Codex told, one JSON string a line. The
// runner notes them, so that two tasks that change the same file are seen from outside of both.
//
//   "src/todo.ts"
//   "/elsewhere/notes.md"

import { keptLine } from '../text/safe-text.ts';

/** A session that changes more has no need to be told which. */
export const mostChangedFiles = 500;

const maxPathLength = 1000;

/** Relative to the project where it lies below it. */
export function pathInProject(path: string, project: string): string {
  const root = project.replace(/\/*$/u, '/');
  return path.startsWith(root) ? path.slice(root.length) : path;
}

export function changedFilesText(paths: readonly string[]): string {
  return paths.map((path) => `${JSON.stringify(path)}\n`).join('');
}

/** Safe to print, each once, in the order of the text; what is torn is left out. */
export function readChangedFiles(text: string): readonly string[] {
  const paths = new Set<string>();
  for (const line of text.split('\n')) {
    const path = stringIn(line);
    if (path !== null && paths.size < mostChangedFiles) paths.add(keptLine(path, maxPathLength));
  }
  return [...paths];
}

function stringIn(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
