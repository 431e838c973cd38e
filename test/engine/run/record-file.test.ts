import { expect, test } from 'vitest';
import { runFile } from '../../../source/engine/run/record-file.ts';
import { HubError } from '../../../source/system/hub/hub-error.ts';
import { recordWith } from '../../helpers/run-records.ts';

const noSpace = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
const hub = 'nats://127.0.0.1:4222';

test.each([
  ['a full disk', noSpace, true],
  ['a full hub', new HubError('full', { hub }), true],
  ['a hub that gives no rights', new HubError('no rights', { hub }), false],
  ['anything else', new Error('EIO'), false],
])(
  'a record that %s refuses is not written, and whether only space is missing is known',
  async (_what, error, isFull) => {
    let refuses = true;
    const file = runFile(
      { record: () => (refuses ? Promise.reject(error) : Promise.resolve()) },
      () => Promise.resolve(false),
    );
    const record = recordWith({ ending: null });
    expect(await file.write(record)).toEqual({
      isFull,
      sentence: `The state of the run cannot be written: ${error.message}`,
    });
    refuses = false;
    expect(await file.write(record)).toBeNull();
  },
);
