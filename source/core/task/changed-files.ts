// `session.files`: the files that the running session changed, as reported by Codex, one JSON string per line. The
// runner writes them, so that a dashboard sees when two tasks change the same file.
//
//   "src/todo.ts"
//   "/elsewhere/notes.md"

import { safeLine } from '../text/safe-text.ts';

/** Beyond this many files, the list of a session is cut. */
export const mostChangedFiles = 500;

const maxPathLength = 1000;

/** Relative to the project when inside it. */
export function pathInProject(path: string, project: string): string {
  const root = project.replace(/\/*$/u, '/');
  return path.startsWith(root) ? path.slice(root.length) : path;
}

export function changedFilesText(paths: readonly string[]): string {
  return paths.map((path) => `${JSON.stringify(path)}\n`).join('');
}

/** Safe to print, without duplicates, in the order of the text; torn lines are left out. */
export function readChangedFiles(text: string): readonly string[] {
  const paths = new Set<string>();
  for (const line of text.split('\n')) {
    const path = stringIn(line);
    if (path !== null && paths.size < mostChangedFiles) paths.add(safeLine(path, maxPathLength));
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
