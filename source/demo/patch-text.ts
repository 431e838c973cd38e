// Codex's patch language, as far as scripts need it:
//
//   *** Begin Patch
//   *** Add File: src/todo.sh
//   +todo() { :; }
//   *** End Patch
//
// Adding a file that exists replaces it, so a step that is done a second time does no harm.

/** A patch that writes a file of these lines. */
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

/** A patch that replaces lines which stand next to each other in a file, and only there. */
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
