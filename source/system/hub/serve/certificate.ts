// The hub's own certificate, by openssl. The other machines trust exactly this one, from the file with their key; so its names
// and its issuer do not matter, and no authority is needed.

import { chmod } from 'node:fs/promises';
import { safeLine } from '../../../core/text/safe-text.ts';
import { readSmallFile } from '../../files/safe-file.ts';
import { askProgram } from '../../process/ask-program.ts';

type CertificateFiles = { certificateFile: string; keyFile: string };

const validDays = '3650';

/** As PEM. Made once: the files that were handed out name it. Throws a sentence. */
export async function hubCertificate(files: CertificateFiles): Promise<string> {
  const { certificateFile } = files;
  if ((await textOf(certificateFile)) === null) await make(files);
  const text = await textOf(certificateFile);
  if (text === null) throw new Error(`openssl wrote no certificate to ${certificateFile}`);
  return text;
}

async function make({ certificateFile, keyFile }: CertificateFiles): Promise<void> {
  const { exitCode, stderr } = await askProgram(
    [
      'openssl',
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-days', validDays, '-subj', '/CN=autonomous-tui-hub'],
      ...['-addext', 'subjectAltName=DNS:autonomous-tui-hub'],
      ...['-keyout', keyFile, '-out', certificateFile],
    ],
    30_000,
  );
  if (exitCode === 0) return chmod(keyFile, 0o600);
  const why = safeLine(stderr.trim().split('\n').at(-1) ?? '', 200);
  throw new Error(
    `openssl, which makes the hub's certificate, ${why === '' ? 'cannot be run' : `failed (${why})`}: install it, or listen on this machine only with --listen 127.0.0.1`,
  );
}

async function textOf(path: string): Promise<string | null> {
  return (await readSmallFile(path, { maxBytes: 64 * 1024 }))?.text ?? null;
}
