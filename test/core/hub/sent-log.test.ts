import { expect, test } from 'vitest';
import { partAt, readSentLog, writtenSentLog } from '../../../source/core/hub/log/sent-log.ts';
import {
  cutText,
  maxTextLength,
  readTaskTexts,
  writtenTaskTexts,
} from '../../../source/core/hub/log/task-texts.ts';
import { parsedObject } from '../../../source/core/json/json.ts';

const file = {
  ...{ id: '1-0123456789abcdef', device: 1, inode: 2 },
  parts: [
    { epoch: 1, from: 0 },
    { epoch: 3, from: 10 },
  ],
};
const sent = { key: 'task.a./b.c', log: '/b/.autonomous/c/session.log', epoch: 3, files: [file] };

test('what a machine knows of its logs comes back as it was written, and half of it is nothing', () => {
  expect(readSentLog(parsedObject(writtenSentLog(sent)))).toEqual(sent);
  for (const wrong of [
    { key: 1 },
    { log: null },
    { epoch: -1 },
    { files: [{ ...file, id: 'x' }] },
    { files: [{ ...file, parts: [] }] },
    { files: [{ ...file, parts: [{ epoch: 1 }] }] },
  ]) {
    expect(readSentLog({ version: 1, ...sent, ...wrong })).toBeNull();
  }
  expect(readSentLog(null)).toBeNull();
});

test('each byte of a log belongs to the lease under which it was written', () => {
  expect(partAt(file, 0)).toEqual({ epoch: 1, end: 10 });
  expect(partAt(file, 9)).toEqual({ epoch: 1, end: 10 });
  expect(partAt(file, 10)).toEqual({ epoch: 3, end: Infinity });
});

test('texts come back as they were written, and say whether they were cut', () => {
  const texts = {
    epoch: 3,
    list: cutText('- [ ] One\n', maxTextLength),
    notes: cutText('y'.repeat(maxTextLength + 1), maxTextLength),
  };
  expect(readTaskTexts(writtenTaskTexts(texts))).toEqual(texts);
  expect(texts.notes).toMatchObject({ isCut: true });
  expect(texts.list).toEqual({ text: '- [ ] One\n', isCut: false });
  expect(readTaskTexts(writtenTaskTexts({ epoch: 1, list: null, notes: null }))).toEqual({
    ...{ epoch: 1, list: null, notes: null },
  });
});

test('texts of another machine are cut where they are too long, and nothing else is read for one', () => {
  const long = JSON.stringify({ version: 1, epoch: 1, list: 'x'.repeat(maxTextLength * 2) });
  expect(readTaskTexts(long)?.list).toEqual({ text: 'x'.repeat(maxTextLength), isCut: true });
  expect(readTaskTexts('{"version":1,"epoch":1,"list":["x"],"notes":7}')).toEqual({
    ...{ epoch: 1, list: null, notes: null },
  });
  for (const wrong of ['', '[]', '{"version":2,"epoch":1}', '{"version":1,"epoch":1e300}']) {
    expect(readTaskTexts(wrong)).toBeNull();
  }
});
