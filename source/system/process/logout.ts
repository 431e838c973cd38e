// Warns if a logout would end the runners: systemd can be set to kill everything a user left running, and then a
// task that was started over ssh ends with the connection.
//
//   /etc/systemd/logind.conf      KillUserProcesses=yes

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** Later ones win, as in systemd. */
const places = ['/usr/lib/systemd', '/run/systemd', '/etc/systemd'];

/** One sentence for the user, or null if a logout leaves runners alone. `root` is for tests. */
export function logoutWarning(root = '/'): string | null {
  if (!existsSync(join(root, 'run/systemd/system'))) return null;
  const { username, uid } = userInfo();
  // logind leaves root alone unless told otherwise.
  if (uid === 0 || existsSync(join(root, 'var/lib/systemd/linger', username))) return null;
  return killsUserProcesses(root)
    ? 'Logging out here ends your processes, running tasks included (KillUserProcesses=yes). To keep them running: loginctl enable-linger'
    : null;
}

export function killsUserProcesses(root: string): boolean {
  let kills = false;
  for (const file of configurationFiles(root)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const match = /^\s*KillUserProcesses\s*=\s*(\S+)/iu.exec(line);
      if (match !== null) kills = /^(?:yes|true|on|1)$/iu.test(match[1] ?? '');
    }
  }
  return kills;
}

function configurationFiles(root: string): string[] {
  const files: string[] = [];
  for (const place of places) {
    const main = join(root, place, 'logind.conf');
    if (existsSync(main)) files.push(main);
    const dropIns = join(root, place, 'logind.conf.d');
    if (!existsSync(dropIns)) continue;
    const names = readdirSync(dropIns).filter((name) => name.endsWith('.conf'));
    files.push(...names.sort().map((name) => join(dropIns, name)));
  }
  return files;
}
