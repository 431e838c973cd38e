// Where a hub is, and with what this machine enters it.

export type HubAddress = {
  /** `nats://host:4222`, or `tls://host:4222` where it has to be TLS. */
  url: string;
  /** The machine's name, by the rules of its key; null: it may choose. */
  machine: string | null;
  /** The seed of its nkey; null where the hub asks for none. */
  seed: string | null;
  /** The hub's certificate, PEM; null: one that this machine's own authorities vouch for. */
  certificate: string | null;
};
