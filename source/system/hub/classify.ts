// What an error of the NATS packages means for a hub, by its class and code.

import type { HubProblem } from '../../core/hub/hub-problem.ts';

/** The server's own codes for "no space". */
const fullCodes = new Set([10002, 10023, 10028, 10047, 10077]);
/** JetStream is off, for the server or for the account. */
const withoutJetStreamCodes = new Set([10039, 10076]);
const wrongRevisionCodes = new Set([10071, 10164]);

type NatsError = Error & { code?: string | number; cause?: NatsError };

export function isWrongRevision(error: unknown): boolean {
  return error instanceof Error && wrongRevisionCodes.has(Number((error as NatsError).code));
}

export function classified(error: unknown): { problem: HubProblem; detail: string } {
  if (!(error instanceof Error)) return { problem: 'other', detail: String(error) };
  const { name, message, cause, code = cause?.code } = error as NatsError;
  const detail = message === '' ? String(code ?? name) : message;
  if (typeof code === 'number') {
    if (fullCodes.has(code)) return { problem: 'full', detail };
    if (withoutJetStreamCodes.has(code)) return { problem: 'without JetStream', detail };
  }
  if (name === 'JetStreamNotEnabled') return { problem: 'without JetStream', detail };
  if (/maximum (?:bytes|messages)|insufficient (?:storage )?resources/.test(message)) {
    return { problem: 'full', detail };
  }
  if (/max(?:imum)?_payload|message size exceeds/.test(message))
    return { problem: 'too large', detail };
  if (/^(?:Authorization|UserAuthentication)/.test(name) || message.startsWith('Permissions')) {
    return { problem: 'no rights', detail };
  }
  if (name === 'TimeoutError') return { problem: 'no answer', detail };
  return { problem: problemOfConnecting(String(code), message), detail: String(code ?? detail) };
}

function problemOfConnecting(code: string, message: string): HubProblem {
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) return 'untrusted';
  if (
    /^E[A-Z]+$/.test(code) ||
    /connection (?:refused|closed)|closed connection|draining/i.test(message)
  ) {
    return 'unreachable';
  }
  return /unexpected response|JSON/.test(message) ? 'not a hub' : 'other';
}
