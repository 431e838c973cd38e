// The least that a list in Node can be: each task's directory is looked at, its checklist, its thread and its record are
// read, boxes counted by an expression, a line printed. It checks nothing and trusts everything.

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
  // To throw for what is not there would take longer than to look.
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return null;
  return readFileSync(path, 'utf8');
}
