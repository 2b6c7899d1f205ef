import { existsSync, watch } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject, listAt, objectAt, textAt, type Json } from './json';
import type { Reply, Script, SeenRequest } from './types';

/** A question that waits for somebody's answer. */
export interface HeldRequest {
  /** `0001` and so on. */
  readonly number: string;
  readonly model: string;
  /** The file to read, for people. */
  readonly prompt: string;
}

export interface HeldOptions {
  /** Made if it is not there. */
  readonly folder: string;
  readonly onRequest?: (request: HeldRequest) => void;
  readonly onReply?: (number: string) => void;
}

const LOOK_MS = 250;

/**
 * A script that answers no request by itself: each is written into a folder and waits there until a file with its reply
 * appears. A question that is asked again while it waits is the same question. See docs/testing.md.
 */
export async function heldScript({ folder, onRequest, onReply }: HeldOptions): Promise<Script> {
  await mkdir(folder, { recursive: true });
  const waiting = new Map<string, Promise<Reply>>();
  let count = 0;
  const hold = async (request: SeenRequest): Promise<Reply> => {
    let number = '';
    do {
      count += 1;
      number = String(count).padStart(4, '0');
    } while (existsSync(path.join(folder, `${number}.request.json`)));
    const prompt = await writeRequest(folder, number, request);
    onRequest?.({ number, model: textAt(request.body, 'model') ?? '', prompt });
    const reply = await replyIn(folder, number);
    onReply?.(number);
    return reply;
  };
  return async (request) => {
    const key = `${request.customId ?? ''}\n${JSON.stringify(request.body)}`;
    const held = waiting.get(key) ?? hold(request).finally(() => waiting.delete(key));
    waiting.set(key, held);
    return await held;
  };
}

/** Both files of a request; the machine's comes last, and whole, so that a program can wait for it. */
async function writeRequest(folder: string, number: string, request: SeenRequest): Promise<string> {
  const body = isObject(request.body) ? request.body : {};
  const facts = {
    model: body['model'],
    key: request.customId,
    maxTokens: body['max_tokens'],
    system: textIn(body['system']),
    prompt: promptOf(body),
    schema: schemaOf(body),
  };
  const prompt = path.join(folder, `${number}.prompt.md`);
  const schema = JSON.stringify(facts.schema, null, 2);
  await writeFile(prompt, `# System\n\n${facts.system}\n\n# Prompt\n\n${facts.prompt}\n\n# Schema\n\n${schema}\n`);
  const file = path.join(folder, `${number}.request.json`);
  await writeFile(`${file}.tmp`, `${JSON.stringify(facts, null, 2)}\n`);
  await rename(`${file}.tmp`, file);
  return prompt;
}

/** Waits for one of the files by which a request is answered. One that is only half written is waited for. */
async function replyIn(folder: string, number: string): Promise<Reply> {
  return await new Promise((resolve) => {
    const look = (): void => {
      void readReply(folder, number).then((reply) => {
        if (reply === undefined) return;
        watcher.close();
        clearInterval(timer);
        resolve(reply);
      });
    };
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name === null || name.startsWith(number)) look();
    });
    // Some file systems tell nobody.
    const timer = setInterval(look, LOOK_MS).unref();
    look();
  });
}

async function readReply(folder: string, number: string): Promise<Reply | undefined> {
  const read = async (ending: string): Promise<string | undefined> => {
    const text = await readFile(path.join(folder, `${number}.${ending}`), 'utf8').catch(() => undefined);
    return text === undefined || text.trim() === '' ? undefined : text;
  };
  const scripted = parsed(await read('reply.json'));
  // Whoever plays the model says what happens; what is no reply shows as an error of the server.
  if (isObject(scripted)) return scripted as unknown as Reply;
  const answer = parsed(await read('answer.json'));
  if (answer !== undefined) return { json: answer };
  const text = await read('answer.txt');
  return text === undefined ? undefined : { text };
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function promptOf(body: Json): string {
  return listAt(body, 'messages')
    .filter(isObject)
    .map((message) => textIn(message['content']))
    .join('\n\n');
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((block) => textAt(block, 'text') ?? '').join('\n\n') : '';
}

/** Of structured outputs, or of the tool by which Claude Code asks for an answer. */
function schemaOf(body: Json): unknown {
  const tool = listAt(body, 'tools')
    .filter(isObject)
    .find(({ name }) => name === 'StructuredOutput');
  return objectAt(objectAt(body, 'output_config'), 'format')?.['schema'] ?? tool?.['input_schema'] ?? null;
}
