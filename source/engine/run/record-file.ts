// run.json of one run. Written only when its content changes.

import { isDiskFull } from '../../core/run/disk-full.ts';
import type { RunRecord } from '../../core/run/record.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';

/** `sentence` says why; `isFull` if only disk space is missing. */
type Unwritten = { sentence: string; isFull: boolean };

type RunFile = {
  /** Null when the record is on disk, else why it is not. */
  write(record: RunRecord): Promise<Unwritten | null>;
};

export function runFile(state: Pick<StateDirectory, 'writeRecord'>): RunFile {
  let written = '';
  return {
    write: async (record) => {
      const text = JSON.stringify(record);
      if (text === written) return null;
      try {
        await state.writeRecord(record);
        written = text;
        return null;
      } catch (error) {
        const sentence = `The state of the run cannot be written: ${errorMessage(error)}`;
        return { sentence, isFull: isDiskFull(error) };
      }
    },
  };
}
