#!/usr/bin/env node
// Produce and consume over HTTP with nothing but what Node.js 18 and later bring.
//
//     node produce_and_consume.mjs http://localhost:8000
//
// Shows each call of the producer and consumer guides: one message, a batch, a stream of any
// length, reading as a member of a group with and without tokens, topics, the newest messages,
// and a live tail.

import { randomUUID } from 'node:crypto';
import { strict as assert } from 'node:assert';

export class KafkaOverHttp {
  constructor(baseUrl) {
    this.baseUrl = baseUrl.replace(/\/$/, '');
  }

  /** One request; the decoded answer, or an error with the server's sentence. */
  async call(method, path, body, headers = {}) {
    const answer = await fetch(this.baseUrl + path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    const json = await answer.json();
    if (!answer.ok) {
      throw new Error(`${answer.status}: ${json.detail}`);
    }
    return json;
  }

  produce(topic, message, { key, headers } = {}) {
    // With the key below, sending the same request again after a lost answer does not write the
    // message twice.
    return this.call(
      'POST',
      '/produce',
      { topic, key, message, headers },
      { 'Idempotency-Key': randomUUID() },
    );
  }

  produceBatch(records) {
    return this.call('POST', '/produce/batch', records);
  }

  /** Any number of records in one request; yields a result for each. */
  async *produceStream(records) {
    const encoder = new TextEncoder();
    const body = new ReadableStream({
      pull(controller) {
        const { done, value } = records.next();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(encoder.encode(JSON.stringify(value) + '\n'));
        }
      },
    });
    const answer = await fetch(this.baseUrl + '/produce/batch', {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'Content-Type': 'application/x-ndjson' },
    });
    for await (const line of lines(answer.body)) {
      yield JSON.parse(line);
    }
  }

  consume(topic, groupId, { maxMessages = 10, timeout = 5, token } = {}) {
    return this.call('POST', '/consume', {
      topic,
      group_id: groupId,
      max_messages: maxMessages,
      timeout,
      token,
    });
  }

  topics() {
    return this.call('GET', '/topics');
  }

  messages(topic, limit = 10) {
    return this.call('GET', `/messages/${topic}?limit=${limit}`);
  }

  /** Yields { id, message } as messages come; go on with the last id you saw. */
  async *tail(topic, lastEventId) {
    const stop = new AbortController();
    const answer = await fetch(`${this.baseUrl}/messages/${topic}/stream`, {
      headers: lastEventId ? { 'Last-Event-ID': lastEventId } : {},
      signal: stop.signal,
    });
    let id;
    try {
      for await (const line of lines(answer.body)) {
        if (line.startsWith('id: ')) {
          id = line.slice(4);
        } else if (line.startsWith('data: ')) {
          yield { id, message: JSON.parse(line.slice(6)) };
        }
      }
    } finally {
      stop.abort();
    }
  }
}

async function* lines(body) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    const complete = rest.split('\n');
    rest = complete.pop();
    yield* complete.filter((line) => line.length > 0);
  }
}

function* numbered(topic, from, to) {
  for (let id = from; id < to; id++) {
    yield { topic, message: { id } };
  }
}

async function main(baseUrl) {
  const kafka = new KafkaOverHttp(baseUrl);
  const run = randomUUID().slice(0, 8);
  const [topic, group] = [`javascript-${run}`, `javascript-${run}`];

  const sent = await kafka.produce(
    topic,
    { user_id: 123, action: 'login' },
    { key: 'message-1', headers: { via: 'javascript' } },
  );
  console.log(`produced to partition ${sent.partition} at offset ${sent.offset}`);

  const batch = await kafka.produceBatch([...numbered(topic, 1, 3)]);
  console.log(`sent ${batch.messages_sent} in a batch`);

  let streamed = 0;
  for await (const result of kafka.produceStream(numbered(topic, 3, 1003))) {
    assert(result.success, result.error);
    streamed++;
  }
  console.log(`streamed ${streamed}`);

  const first = await kafka.consume(topic, group, { maxMessages: 1 });
  console.log(`read ${first.messages[0].key}: ${first.messages[0].value.action}`);

  // With its token a poll can be repeated when its answer was lost.
  let token = first.next_token;
  let seen = 0;
  while (seen < 1002) {
    const poll = await kafka.consume(topic, group, { maxMessages: 500, timeout: 1, token });
    const again = await kafka.consume(topic, group, { maxMessages: 500, timeout: 1, token });
    assert.deepEqual(again.messages, poll.messages, 'the same token, the same messages');
    seen += poll.count;
    token = poll.next_token;
  }
  console.log(`read ${seen} with tokens`);

  assert((await kafka.topics()).some((each) => each.topic === topic));
  const newest = await kafka.messages(topic, 3);
  console.log('newest:', newest.map((each) => each.value.id));

  for await (const { message } of kafka.tail(topic, `${newest[0].partition}:${newest[0].offset}`)) {
    console.log(`tail shows ${message.value.id}`);
    if (message.value.id === 1002) {
      break;
    }
  }

  await assert.rejects(kafka.consume(`no-${topic}`, group), (error) => {
    console.log(`as it should: ${error.message}`);
    return true;
  });
}

await main(process.argv[2] ?? 'http://localhost:8000');
