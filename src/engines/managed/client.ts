import { Agents } from '@anthropic-ai/sdk/resources/beta/agents/agents';
import { Dreams } from '@anthropic-ai/sdk/resources/beta/dreams';
import { Environments } from '@anthropic-ai/sdk/resources/beta/environments/environments';
import { MemoryStores } from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores';
import { Sessions } from '@anthropic-ai/sdk/resources/beta/sessions/sessions';
import { BareClient } from '../claude/client';

/** The part of the SDK that dreams elsewhere need. */
export class ManagedClient extends BareClient {
  readonly agents = new Agents(this);
  readonly dreams = new Dreams(this);
  readonly environments = new Environments(this);
  readonly memoryStores = new MemoryStores(this);
  readonly sessions = new Sessions(this);
}
