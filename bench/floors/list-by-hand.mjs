// The least that a list in Node can be: each directory's checklist and record are read, boxes counted by an
// expression, a line printed. It checks nothing and trusts everything.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(process.argv[2], '.autonomous');
const state = process.argv[3];
const lines = [];
for (const name of readdirSync(root).sort()) {
  const text = readFileSync(join(root, name, 'task_list.md'), 'utf8');
  const done = text.match(/^- \[x\]/gm)?.length ?? 0;
  const total = text.match(/^- \[[ x]\]/gm)?.length ?? 0;
  let word = done === total ? 'done' : 'idle';
  try {
    word = JSON.parse(readFileSync(join(state, name, 'run.json'), 'utf8')).phase;
  } catch {}
  lines.push(`${name} ${done}/${total} ${word}`);
}
process.stdout.write(lines.join('\n') + '\n');
