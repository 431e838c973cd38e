// The floor for a list in Node: for each task, stats its directory, reads its checklist, thread and record, counts the
// boxes by a regular expression and prints a line. It checks nothing and trusts everything.

import { lstatSync, readdirSync, readFileSync } from 'node:fs';

const root = `${process.argv[2]}/.autonomous`;
const state = process.argv[3];
const lines = [];
for (const name of readdirSync(root).sort()) {
  if (!lstatSync(`${root}/${name}`).isDirectory()) continue;
  const text = read(`${root}/${name}/task_list.md`) ?? '';
  const done = text.match(/^- \[x\]/gm)?.length ?? 0;
  const total = text.match(/^- \[[ x]\]/gm)?.length ?? 0;
  const record = read(`${state}/${name}/run.json`);
  const word = record === null ? (done === total ? 'done' : 'idle') : JSON.parse(record).phase;
  lines.push(
    `${name} ${done}/${total} ${word} ${read(`${root}/${name}/session.id`)?.trim() ?? ''}`,
  );
}
process.stdout.write(lines.join('\n') + '\n');

function read(path) {
  // Throwing for a missing file would take longer than the check.
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return null;
  return readFileSync(path, 'utf8');
}
