// Whether session.log still has what Codex wrote in a session: its bytes are read once more and compared with the
// digest that the runner recorded.

import { createHash } from 'node:crypto';
import type { SessionCopy } from '../../core/copy/session-copy.ts';
import { readBytes } from '../files/safe-file.ts';
import { openLog } from '../log/open-log.ts';
import { portionBytes } from './own-output.ts';

/** Long logs are read in portions, with other work between them. Null if `isWanted` said no before the end. */
export async function isIntact(
  path: string,
  { offset, length, sha256 }: SessionCopy,
  isWanted: () => boolean,
): Promise<boolean | null> {
  if (sha256 === null) return false;
  const log = await openLog(path);
  try {
    if ((await log.stat()).size < offset + length) return false;
    const hash = createHash('sha256');
    for (let done = 0; done < length;) {
      if (!isWanted()) return null;
      const wanted = Math.min(portionBytes, length - done);
      const bytes = await readBytes(log, { position: offset + done, length: wanted });
      if (bytes.length === 0) return false;
      hash.update(bytes);
      done += bytes.length;
    }
    return hash.digest('hex') === sha256;
  } finally {
    await log.close();
  }
}
