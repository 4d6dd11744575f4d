#!/usr/bin/env node
// Consume through a session with nothing but what Node.js 18 and later bring.
//
//     node consumer_session.mjs http://localhost:8000
//
// A session is a Kafka consumer that lives on the server between requests. The class has its
// calls: poll, commit, seek, assign, position, close. Below it, the loops that such a client is
// for.

import { randomUUID } from 'node:crypto';
import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';

/** The server's sentence, with its status. */
export class Problem extends Error {
  constructor(status, detail, retryAfter) {
    super(`${status}: ${detail}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

async function call(method, url, body) {
  const answer = await fetch(url, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
  const json = await answer.json();
  if (!answer.ok) {
    throw new Problem(answer.status, json.detail, answer.headers.get('Retry-After'));
  }
  return json;
}

/** One member of a group. Close it, or it ends by itself when nobody polls. */
export class ConsumerSession {
  #url;
  #token;

  static async open(baseUrl, groupId, topics, options = {}) {
    const { autoOffsetReset, sessionTimeoutMs, format = 'json', autoCommit } = options;
    const api = `${baseUrl.replace(/\/$/, '')}/api/consumers`;
    const opened = await call('POST', `${api}/subscribe`, {
      group_id: groupId,
      topics,
      auto_offset_reset: autoOffsetReset,
      session_timeout_ms: sessionTimeoutMs,
      format,
      auto_commit: autoCommit,
    });
    return new ConsumerSession(api, opened);
  }

  constructor(api, opened) {
    this.consumerId = opened.consumer_id;
    this.assignment = opened.assignment;
    this.#url = `${api}/${opened.consumer_id}`;
    this.#token = opened.next_token;
  }

  /**
   * The next records; an empty list when none came in time. An answer that was lost on its way is
   * asked for again: the token says which one it was, and the server has kept it.
   */
  async poll({ maxRecords = 500, timeoutMs = 30000, maxBytesTotal = 1 << 20, attempts = 5 } = {}) {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      try {
        const answer = await call('POST', `${this.#url}/consume`, {
          max_records: maxRecords,
          timeout_ms: timeoutMs,
          max_bytes_total: maxBytesTotal,
          token: this.#token,
        });
        this.#token = answer.next_token;
        this.assignment = answer.assignment ?? this.assignment;
        return answer.records;
      } catch (error) {
        if (attempt === attempts) {
          throw error;
        }
        if (!(error instanceof Problem)) {
          // Refused, reset, cut in the middle: nobody knows what became of the answer.
          await sleep(100 * 2 ** attempt);
        } else if (error.retryAfter) {
          await sleep(1000 * Number(error.retryAfter));
        } else if (error.status === 409) {
          // A partition went to another member, who reads on from what is committed.
          this.#token = undefined;
        } else {
          throw error;
        }
      }
    }
  }

  /** Commits what was polled last, or { topic: { partition: next offset } }. */
  commit(offsets) {
    return call('POST', `${this.#url}/commit`, { offsets });
  }

  /** Goes to an offset, 'beginning', 'end' or { timestamp: Unix milliseconds }. */
  async seek(topic, partition, offset) {
    const to = typeof offset === 'number' ? { offset } : { to: offset };
    const answer = await call('POST', `${this.#url}/seek`, { topic, partition, ...to });
    this.#token = answer.next_token;
    return answer;
  }

  /** Leaves the group and reads { topic: [partition] }. */
  async assign(topics) {
    const answer = await call('PUT', `${this.#url}/assignment`, { topics });
    this.assignment = answer.assignment;
    this.#token = answer.next_token;
    return answer;
  }

  position() {
    return call('GET', `${this.#url}/position`);
  }

  close() {
    return call('DELETE', this.#url);
  }
}

function produce(baseUrl, topic, from, to) {
  const records = [];
  for (let id = from; id < to; id++) {
    records.push({ topic, key: String(id), message: { id } });
  }
  return call('POST', `${baseUrl.replace(/\/$/, '')}/produce/batch`, records);
}

async function main(baseUrl) {
  const run = randomUUID().slice(0, 8);
  const [topic, group] = [`session-javascript-${run}`, `session-javascript-${run}`];
  await produce(baseUrl, topic, 0, 1000);

  // Simple consumer: what was not committed is read again, by this one or by the next.
  const seen = [];
  let consumer = await ConsumerSession.open(baseUrl, group, [topic], {
    autoOffsetReset: 'earliest',
  });
  console.log(`assigned [${consumer.assignment[topic]}]`);
  while (seen.length < 1000) {
    for (const record of await consumer.poll({ maxRecords: 300 })) {
      seen.push(record.value.id);
    }
    await consumer.commit();
  }
  await consumer.close();
  assert.deepEqual(seen, [...Array(1000).keys()]);
  console.log(`read ${seen.length} in order`);

  await produce(baseUrl, topic, 1000, 1010);
  consumer = await ConsumerSession.open(baseUrl, group, [topic]);
  // The group goes on where it has committed.
  const first = await consumer.poll({ maxRecords: 4 });
  const ids = first.map((each) => each.value.id).join(', ');
  console.log(`goes on at ${first[0].offset} with [${ids}]`);
  const committed = await consumer.commit({ [topic]: { 0: first.at(-1).offset + 1 } });
  console.log(`committed ${committed.offsets[topic][0]}`);
  const position = await consumer.position();
  console.log(`position ${position.offsets[topic][0]} lag ${position.lag[topic][0]}`);

  await consumer.seek(topic, 0, 0);
  console.log('from the beginning:', (await consumer.poll({ maxRecords: 1 }))[0].value.id);
  await consumer.seek(topic, 0, 'end');
  console.log('at the end:', (await consumer.poll({ timeoutMs: 0 })).length);

  await consumer.assign({ [topic]: [0] });
  await consumer.seek(topic, 0, 1009);
  console.log('by hand:', (await consumer.poll())[0].value.id);
  await consumer.close();

  await assert.rejects(consumer.poll(), (error) => {
    console.log(`as it should: ${error.status}`);
    return true;
  });
}

await main(process.argv[2] ?? 'http://localhost:8000');
