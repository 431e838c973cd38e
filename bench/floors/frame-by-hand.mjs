// The floor for a first frame, by hand: the tasks' names and counts in one write. Ends on SIGTERM.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(process.cwd(), '.autonomous');
const lines = readdirSync(root).map((name) => {
  const text = readFileSync(join(root, name, 'task_list.md'), 'utf8');
  return `${name} ${text.match(/^- \[x\]/gm)?.length ?? 0}`;
});
process.stdout.write(`\u001B[?1049h\u001B[H${lines.join('\r\n')}`);
process.on('SIGTERM', () => process.exit(0));
setInterval(() => {}, 1e9);
