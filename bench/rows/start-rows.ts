// How soon the first frame is on the screen: with all tasks, and with the end of a log of any size.

import { join } from 'node:path';
import { lastWords } from '../lib/big-log.ts';
import { bundledPeer } from '../lib/bundled-peer.ts';
import { dashboardArguments, openDashboard } from '../lib/screen/dashboard.ts';
import { installedPeer, type Peer } from '../lib/installed-peers.ts';
import { makeProject, taskName, type Project } from '../lib/project.ts';
import { projectsWithLogs } from '../lib/projects-with-logs.ts';
import type { Row } from '../lib/row.ts';
import { openScreen, type ScreenProgram } from '../lib/screen/screen-program.ts';

const plainInk = 'plain Ink, bundled';
const ours10 = 'ours, 10 MB';
const firstPictureWords = 'from program start to the first frame with all tasks';

export const startRows: readonly Row[] = [
  {
    name: 'first-frame',
    what: `${firstPictureWords}, compared with plain Ink`,
    unit: 'ms',
    goal: { kind: 'times a peer', peer: plainInk, value: 1.3 },
    rounds: { whole: 15, short: 3 },
    open: async () => {
      const project = makeProject({ tasks: 6, running: 1 });
      const ink = await bundledPeer('plain-ink.tsx');
      const byHand = join(import.meta.dirname, '..', 'floors', 'frame-by-hand.mjs');
      return {
        ours: () => firstPicture(project, dashboardArguments),
        floor: () => firstPicture(project, [byHand]),
        peers: { [plainInk]: () => firstPicture(project, [ink.path]) },
        end: () => {
          for (const one of [ink, project]) one.remove();
        },
      };
    },
  },
  {
    name: 'first-frame-peers',
    what: `${firstPictureWords}, compared with other programs`,
    unit: 'ms',
    goal: { kind: 'times a peer', peer: 'ralph-tui', value: 0.5 },
    rounds: { whole: 9, short: 1 },
    isInShort: false,
    open: async (size) => {
      const project = makeProject({ tasks: 6, running: 1 });
      const ralph = await installedPeer('ralph-tui', size);
      const ccmanager = await installedPeer('ccmanager', size);
      return {
        ours: () => firstPicture(project, dashboardArguments),
        peers: { 'ralph-tui': firstPictureOf(ralph), ccmanager: firstPictureOf(ccmanager) },
        end: () => {
          for (const one of [project, ralph, ccmanager]) one?.remove();
        },
      };
    },
  },
  {
    name: 'log-start',
    what: 'from program start to the end of a log of 1 GB on the screen',
    unit: 'ms',
    goal: { kind: 'times a peer', peer: ours10, value: 1.3 },
    rounds: { whole: 7, short: 3 },
    open: async (size) => {
      const { big, small, remove } = await projectsWithLogs(size);
      return {
        ours: () => endShown(big),
        peers: { [ours10]: () => endShown(small) },
        end: remove,
      };
    },
  },
];

function endShown(project: Project): Promise<number> {
  return untilShown(openDashboard(project), new RegExp(lastWords, 'u'));
}

function firstPictureOf(peer: Peer | null): (() => Promise<number>) | null {
  return peer && (() => untilShown(peer.open(), peer.firstPicture));
}

function firstPicture(project: Project, args: readonly string[]): Promise<number> {
  const program = openScreen({
    ...{ command: process.execPath, args, cwd: project.path, env: project.env },
    ...{ columns: 120, rows: 40 },
  });
  return untilShown(program, new RegExp(`${taskName(0)}[^]*${taskName(5)}`, 'u'));
}

/** In ms from the program's start. Ends the program. */
async function untilShown(program: ScreenProgram, picture: RegExp): Promise<number> {
  await program.until(picture);
  const ms = performance.now() - program.startedAt;
  await program.end();
  return ms;
}
