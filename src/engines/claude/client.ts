import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import { Models } from '@anthropic-ai/sdk/resources/models';
import { AgentDreamsError } from '../../core/errors';

const OFFICIAL_URL = 'https://api.anthropic.com';
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Above every time-out of our own, which also hear a stream fall silent. */
const SDK_TIMEOUT_MS = 3_600_000;

/**
 * The SDK for exactly one key and one server, without resources: nothing is read from the environment or from profiles, and
 * nothing is sent to another origin, whatever an answer points at. Throws `model-key` and `invalid-setting`.
 */
export class BareClient extends BaseAnthropic {
  constructor(apiKey: string, address: string = OFFICIAL_URL) {
    if (!/^[\x21-\x7e]+$/.test(apiKey)) {
      throw new AgentDreamsError('model-key', 'The API key is empty or holds characters that no key has.');
    }
    const baseUrl = checkedUrl(address);
    // Everything that has a default in the environment is given here, so that no variable changes what is sent where.
    super({
      apiKey,
      authToken: null,
      webhookKey: null,
      baseURL: baseUrl,
      // Retries are ours: each is shown, and waits on a clock that can be stopped.
      maxRetries: 0,
      timeout: SDK_TIMEOUT_MS,
      // The SDK logs bodies and frames; what is worth knowing is in our errors.
      logLevel: 'off',
      // The extension host is shared: another extension's tracer would be told what we send.
      openTelemetry: false,
      // A redirect would carry the transcripts to wherever it points.
      fetchOptions: { redirect: 'manual' },
      middleware: [
        async (request, next) => {
          refuseForeign(request.url, baseUrl);
          return await next(request);
        },
      ],
    });
    // The SDK adds the headers of ANTHROPIC_CUSTOM_HEADERS whatever it is given, and only here can they be taken out again.
    const options: unknown = Reflect.get(this, '_options');
    if (typeof options !== 'object' || options === null) throw new TypeError('This SDK keeps its options elsewhere.');
    Reflect.set(options, 'defaultHeaders', {});
  }
}

/** The part of the SDK that a dream needs; the whole client would be three times as large. */
class SlimClient extends BareClient {
  readonly messages = new Messages(this);
  readonly models = new Models(this);
}

/** What the adapters use of the SDK. */
export type ClaudeClient = Pick<SlimClient, 'messages' | 'models'>;

/** A client for exactly this key and this server. Throws `model-key` and `invalid-setting`, without repeating the key. */
export function createClaudeClient(apiKey: string, baseUrl?: string): ClaudeClient {
  return new SlimClient(apiKey, baseUrl);
}

/** Throws `invalid-setting` for what a key must not be sent to: no URL, no encryption outside this machine, a password in it. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url === undefined || !safe || url.username !== '' || url.password !== '' || url.search !== '') {
    throw new AgentDreamsError('invalid-setting', 'The base URL must be an https URL without a password or a query.');
  }
  return url.href.replace(/\/$/, '');
}

function refuseForeign(url: string, baseUrl: string): void {
  const { origin } = new URL(url);
  if (origin === new URL(baseUrl).origin) return;
  throw new AgentDreamsError('model-failed', 'The server pointed at another server; nothing was sent there.', {
    said: `The answer names ${origin}.`,
    origin,
  });
}
