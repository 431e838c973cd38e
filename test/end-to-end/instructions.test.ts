// AGENTS.md reaches the model, whatever of the project's own configuration counts: the rows that differ most, on the
// installed Codex. All of them, and other versions: `npm run instructions`.

import { expect, test } from 'vitest';
import { playAllInstructions } from '../trials/instructions/play-rows.ts';
import { instructionsRows } from '../trials/instructions/rows.ts';

const rows = instructionsRows.filter(({ name }) =>
  [
    'subdirectory, trusted, project configuration off',
    'root, untrusted, project configuration as trusted',
    'worktree, not mentioned, project configuration as trusted',
  ].includes(name),
);

test('AGENTS.md reaches the model exactly once, in a fresh conversation and a resumed one', async () => {
  const judged = await playAllInstructions({ rows });
  expect(judged.map(({ row, breaches }) => [row.name, ...breaches])).toEqual(
    expect.arrayContaining(rows.map(({ name }) => [name])),
  );
}, 180_000);
