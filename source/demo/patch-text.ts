// The part of Codex's patch language that scripts need:
//
//   *** Begin Patch
//   *** Add File: src/todo.sh
//   +todo() { :; }
//   *** End Patch
//
// Adding a file that exists replaces it, so a step can safely be done twice.

/** A patch that writes a file with these lines. */
export function fileWith(path: string, lines: readonly string[]): string {
  return filesWith([{ path, lines }]);
}

export function filesWith(files: readonly { path: string; lines: readonly string[] }[]): string {
  const additions = files.flatMap(({ path, lines }) => [
    `*** Add File: ${path}`,
    ...lines.map((line) => `+${line}`),
  ]);
  return ['*** Begin Patch', ...additions, '*** End Patch', ''].join('\n');
}

/** A patch that replaces a block of adjacent lines in a file. */
export function linesReplaced(
  path: string,
  { before, after }: { before: readonly string[]; after: readonly string[] },
): string {
  return [
    '*** Begin Patch',
    `*** Update File: ${path}`,
    '@@',
    ...before.map((line) => `-${line}`),
    ...after.map((line) => `+${line}`),
    '*** End Patch',
    '',
  ].join('\n');
}
