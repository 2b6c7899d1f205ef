import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request as it came in, kept for good: what left the extension is what a test reads here. */
export interface SeenRequest {
  /** 0 for the first request of this server. */
  readonly index: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined where there is none. */
  readonly body: unknown;
  /** The body as it came. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The key it was sent with, in either style; undefined without one. */
  readonly key: string | undefined;
  /** The model's turn within a batch: the `custom_id` of the item, whose params are `body`. */
  readonly customId?: string;
}

export interface FakeUsage {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
}

interface Said {
  /** Instead of what the fake counts. */
  readonly usage?: FakeUsage;
  readonly headers?: Readonly<Record<string, string>>;
  readonly stopReason?: string;
  /** The model that says it answered. */
  readonly model?: string;
}

/** One call of a tool. */
export interface ToolUse {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What the fake does with one request. */
export type Reply =
  /** An answer: the value as JSON, in the form that was asked for. */
  | (Said & { readonly json: unknown })
  /** An answer of this very text. */
  | (Said & { readonly text: string })
  | (Said & { readonly refusal: string })
  /** Calls of tools, after these words if there are any. */
  | (Said & { readonly calls: readonly ToolUse[]; readonly words?: string })
  /** An HTTP error; `message` and the type that belongs to the status are filled in. */
  | {
      readonly status: number;
      readonly type?: string;
      readonly message?: string;
      readonly errorCode?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Instead of a well-formed error. */
      readonly body?: string;
    }
  /** The stream begins with this text, and then says that it failed, is cut, or ends as if that were all. */
  | (Said & {
      readonly partial: string;
      readonly then: 'cut' | 'end' | { readonly type: string; readonly message?: string };
    })
  /** Raw frames of a stream, as they are to stand on the wire. */
  | { readonly frames: readonly string[]; readonly headers?: Readonly<Record<string, string>> }
  /** No answer at all: never a header, or headers and the start of a stream and then nothing. */
  | { readonly hang: 'headers' | 'body' }
  /** The connection is closed before any header. */
  | { readonly drop: true }
  /** What becomes of an item of a batch. */
  | { readonly item: 'expired' | 'canceled' | { readonly type: string; readonly message: string } };

/** What can go wrong with any request, whatever it asks for. */
export type Trouble = Extract<Reply, { status: number } | { hang: unknown } | { drop: unknown }>;

/** Decides what happens to a request; undefined leaves it to the next script, and at last to the default reply. */
export type Script = (request: SeenRequest) => Reply | undefined | Promise<Reply | undefined>;

/** One exchange under way, with what a route needs to answer it. */
export interface Exchange {
  readonly request: SeenRequest;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** `req_…`, as in the header `request-id`. */
  readonly requestId: string;
  /** Answers with JSON. */
  json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): void;
  /** Answers with an error as the API words it. */
  error(error: WireError, headers?: Readonly<Record<string, string>>): void;
}

/** An error as the API sends it. */
export interface WireError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly errorCode?: string;
}

/** What the routes of one server share. */
export interface FakeContext {
  readonly url: string;
  /** Asks the scripts, newest first, and then the default. */
  decide(request: SeenRequest): Promise<Reply>;
  /** `prefix_000001` and so on. */
  nextId(prefix: string): string;
  /** The models this server has, newest first. */
  readonly models: readonly FakeModel[];
  readonly options: FakeOptions;
}

/** One group of endpoints. `path` is matched whole; its groups are handed over in order. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  handle(exchange: Exchange, groups: readonly string[]): Promise<void> | void;
}

/** Makes the routes of one server, with a state of their own. */
export type RouteModule = (context: FakeContext) => readonly Route[];

export interface FakeModel {
  readonly id: string;
  readonly line: string;
  readonly lifecycle: 'active' | 'deprecated' | 'retired';
  readonly createdAt: string;
  readonly maxInputTokens: number;
  readonly maxTokens: number;
  readonly effort: boolean;
  /** Tokens from which a prefix is cached. */
  readonly cacheFrom: number;
}

export interface FakeOptions {
  /** The only key that is accepted; any key is without it. */
  readonly acceptedKey?: string;
  readonly models?: readonly FakeModel[];
  /** Endpoints besides the usual ones; they come first. */
  readonly routes?: readonly RouteModule[];
  /** Port to listen on; any free one without it. */
  readonly port?: number;
  /** How often a batch is looked at before it has ended. 1 without it. */
  readonly batchPolls?: number;
  /** The `results_url` of every batch, instead of the right one. */
  readonly resultsUrl?: string;
  /** Milliseconds between two pings of a stream whose answer is still being decided; none without it. */
  readonly pingMs?: number;
}

/** A running loopback Anthropic. */
export interface FakeAnthropic {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Everything that came in, in order; refused requests too. */
  readonly requests: readonly SeenRequest[];
  /** Asked before all scripts that are there already. */
  reply(script: Script): void;
  /** Trouble on the way, for any endpoint; asked before everything else, newest first. */
  trouble(script: (request: SeenRequest) => Trouble | undefined): void;
  /** Replies for the next requests to a model, in order, each used once; batch items among them. */
  next(...replies: readonly Reply[]): void;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
}
