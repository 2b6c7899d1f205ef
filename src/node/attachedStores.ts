/** A store of another folder that this user attached, as the settings say. */
export interface StoreSetting {
  /** Absolute; the folder that holds `.agent-memory`. */
  readonly path: string;
  readonly name: string;
  /** What agents are told about the store. */
  readonly instructions?: string;
  /** Nothing is ever written into a read-only one. */
  readonly access: 'read_only' | 'read_write';
}
