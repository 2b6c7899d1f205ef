import type { LanguageModel } from '../../../../src/core/model/languageModel';
import type { ClaudeOptions } from '../../../../src/engines/claude/claudeModel';
import { startAnthropic } from '../../../fakes/anthropic/server';
import type { FakeAnthropic, FakeOptions, Reply } from '../../../fakes/anthropic/types';
import type { Setup, Step, World } from './world';

/** Opens a world whose other side is the loopback Anthropic; `create` makes the engine before it. */
export async function anthropicWorld(
  setup: Setup,
  create: (server: { readonly url: string; readonly key: string }) => LanguageModel,
  options: FakeOptions = {},
): Promise<World> {
  const fake = await startAnthropic({
    batchPolls: setup.polls ?? 1,
    ...(setup.resultsUrl === undefined ? {} : { resultsUrl: setup.resultsUrl }),
    ...(setup.acceptedKey === undefined ? {} : { acceptedKey: setup.acceptedKey }),
    ...options,
  });
  const steps = [...(setup.steps ?? [])];
  fake.reply(async () => {
    const step = steps.shift();
    if (step?.do === 'hold') await step.until;
    return step && replyOf(step);
  });
  if (setup.onTheWay) fake.trouble(troubleOnTheWay(setup.onTheWay));
  const server = { url: fake.url, key: setup.key ?? 'key-of-nobody' };
  if (setup.unreachable === true) await fake.close();
  return {
    model: create(server),
    sent: () => fake.requests,
    asked: () => fake.requests.filter(({ path }) => path === '/v1/messages').length,
    restarted: () => create(server),
    close: async () => {
      if (setup.unreachable !== true) await fake.close();
    },
  };
}

/** The options of a Claude engine in a world: waits that are over at once, and time-outs that a test can wait for. */
export function patientOptions(
  setup: Setup,
  { url, key }: { readonly url: string; readonly key: string },
): ClaudeOptions {
  const { realWaits, silenceMs } = setup;
  return {
    apiKey: key,
    baseUrl: url,
    ...(realWaits === true ? {} : { wait: async () => await Promise.resolve() }),
    times: silenceMs === undefined ? {} : { silenceMs },
  };
}

const WAYS = {
  create: ['POST', /\/batches$/],
  poll: ['GET', /\/batches\/[^/]+$/],
  results: ['GET', /\/results$/],
} as const;

/** The connection is dropped, or a status is answered with a second to wait. */
function troubleOnTheWay({
  to,
  times,
  status,
}: NonNullable<Setup['onTheWay']>): Parameters<FakeAnthropic['trouble']>[0] {
  const [method, path] = WAYS[to];
  let left = times;
  return (request) => {
    if (left === 0 || request.method !== method || !path.test(request.path)) return undefined;
    left -= 1;
    return status === undefined ? { drop: true } : { status, headers: { 'retry-after': '1' } };
  };
}

function replyOf(step: Step): Reply | undefined {
  switch (step.do) {
    case 'answer':
      return { json: step.value, ...(step.usage ? { usage: step.usage } : {}) };
    case 'hold':
      return undefined;
    case 'say':
      return { text: step.text };
    case 'truncate':
      return { text: '{"findings": ["Use pnpm, ne', stopReason: 'max_tokens' };
    case 'refuse':
      return { refusal: step.reason };
    case 'status':
      return {
        status: step.status,
        ...(step.message === undefined ? {} : { message: step.message }),
        ...(step.retryAfterS === undefined ? {} : { headers: { 'retry-after': String(step.retryAfterS) } }),
      };
    case 'breakMidway':
      return { partial: '{"findings": [', then: step.by === 'cut' ? 'cut' : { type: 'overloaded_error' } };
    case 'hang':
      return { hang: step.where };
    case 'redirect':
      return { status: 307, headers: { location: step.to }, body: '' };
    case 'lastOne':
      return {
        json: step.value,
        headers: {
          'anthropic-ratelimit-requests-remaining': '0',
          'anthropic-ratelimit-requests-reset': new Date(Date.now() + step.resetS * 1000).toISOString(),
        },
      };
    case 'item':
      return {
        item: step.becomes === 'errored' ? { type: 'invalid_request_error', message: 'bad params' } : step.becomes,
      };
  }
}
