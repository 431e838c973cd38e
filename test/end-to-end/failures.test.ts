// Every row of the failure table through our program, on the installed Codex. The rows are played once, several at a
// time, and then judged one by one. For other versions of Codex: `npm run failures`.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { playRows, type JudgedRow } from '../trials/failures/play-rows.ts';
import { failureRows, rowsFor } from '../trials/failures/rows.ts';
import { codexPath } from '../helpers/codex.ts';

let version = '';
let judged: readonly JudgedRow[] = [];

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(codexPath, ['--version']);
  version = stdout.trim().split(' ').at(-1) ?? '';
  judged = await playRows({ rows: rowsFor(version) });
}, 240_000);

test.for(failureRows.map((row) => [row.name, row] as const))(
  'a session that meets %s recovers as the table says',
  ([name, { notOn = [] }], { skip }) => {
    if (notOn.includes(version)) skip(`Codex ${version} does not fail in this way`);
    const row = judged.find(({ row: { name: played } }) => played === name);
    expect(row?.breaches, JSON.stringify(row?.played?.stdout, null, 1)).toEqual([]);
  },
);
