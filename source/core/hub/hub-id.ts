// Ids in a hub's records: UUIDs, nkeys and the names of servers' starts. Nothing in them can be anything but an id.

const hubId = /^[A-Za-z0-9_-]{1,80}$/;

export function isHubId(text: string | null): text is string {
  return text !== null && hubId.test(text);
}
