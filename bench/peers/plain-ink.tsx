// The tasks of a project in plain Ink, written the obvious way: the peer for how fast Ink starts.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Box, render, Text } from 'ink';

const root = join(process.cwd(), '.autonomous');
const tasks = readdirSync(root).map((name) => ({
  name,
  done: readFileSync(join(root, name, 'task_list.md'), 'utf8').match(/^- \[x\]/gm)?.length ?? 0,
}));

render(
  <Box flexDirection="column">
    {tasks.map(({ name, done }) => (
      <Text key={name}>
        {name} {done}
      </Text>
    ))}
  </Box>,
  { alternateScreen: true },
);
setInterval(() => {}, 1e9);
