#!/usr/bin/env python3
"""Produce and consume over HTTP with nothing but the standard library.

    python3 produce_and_consume.py http://localhost:8000

Shows each call of the producer and consumer guides: one message, a batch, a
stream of any length, reading as a member of a group with and without tokens,
topics, the newest messages, and a live tail.
"""

import json
import sys
import urllib.error
import urllib.request
import uuid


class KafkaOverHttp:
    def __init__(self, base_url):
        self.base_url = base_url.rstrip("/")

    def call(self, method, path, body=None, headers=None):
        """One request; the decoded answer, or an error with the server's sentence."""
        request = urllib.request.Request(
            self.base_url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **(headers or {})},
        )
        try:
            with urllib.request.urlopen(request, timeout=330) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            problem = json.load(error)
            raise RuntimeError(f"{error.code}: {problem['detail']}") from None

    def produce(self, topic, message, key=None, headers=None):
        # With the key below, sending the same request again after a lost answer
        # does not write the message twice.
        return self.call(
            "POST",
            "/produce",
            {"topic": topic, "key": key, "message": message, "headers": headers},
            {"Idempotency-Key": str(uuid.uuid4())},
        )

    def produce_batch(self, records):
        return self.call("POST", "/produce/batch", records)

    def produce_stream(self, records):
        """Any number of records in one request; yields a result for each."""
        lines = (json.dumps(record).encode() + b"\n" for record in records)
        request = urllib.request.Request(
            self.base_url + "/produce/batch",
            method="POST",
            data=lines,
            headers={"Content-Type": "application/x-ndjson"},
        )
        with urllib.request.urlopen(request, timeout=330) as answer:
            for line in answer:
                yield json.loads(line)

    def consume(self, topic, group_id, max_messages=10, timeout=5.0, token=None):
        return self.call(
            "POST",
            "/consume",
            {
                "topic": topic,
                "group_id": group_id,
                "max_messages": max_messages,
                "timeout": timeout,
                "token": token,
            },
        )

    def topics(self):
        return self.call("GET", "/topics")

    def messages(self, topic, limit=10):
        return self.call("GET", f"/messages/{topic}?limit={limit}")

    def tail(self, topic, last_event_id=None):
        """Yields (id, message) as messages come; go on with the last id you saw."""
        headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
        request = urllib.request.Request(
            f"{self.base_url}/messages/{topic}/stream", headers=headers
        )
        with urllib.request.urlopen(request, timeout=330) as answer:
            event_id = None
            for line in answer:
                text = line.decode().rstrip("\n")
                if text.startswith("id: "):
                    event_id = text[4:]
                elif text.startswith("data: "):
                    yield event_id, json.loads(text[6:])


def main(base_url):
    kafka = KafkaOverHttp(base_url)
    run = uuid.uuid4().hex[:8]
    topic, group = f"python-{run}", f"python-{run}"

    sent = kafka.produce(
        topic, {"user_id": 123, "action": "login"}, key="message-1", headers={"via": "python"}
    )
    print(f"produced to partition {sent['partition']} at offset {sent['offset']}")

    batch = kafka.produce_batch(
        [{"topic": topic, "message": {"id": number}} for number in (1, 2)]
    )
    print(f"sent {batch['messages_sent']} in a batch")

    results = kafka.produce_stream(
        {"topic": topic, "message": {"id": number}} for number in range(3, 1003)
    )
    print(f"streamed {sum(result['success'] for result in results)}")

    first = kafka.consume(topic, group, max_messages=1)
    message = first["messages"][0]
    print(f"read {message['key']}: {message['value']['action']}")

    # With its token a poll can be repeated when its answer was lost.
    token, seen = first["next_token"], 0
    while seen < 1002:
        poll = kafka.consume(topic, group, max_messages=500, timeout=1.0, token=token)
        again = kafka.consume(topic, group, max_messages=500, timeout=1.0, token=token)
        assert again["messages"] == poll["messages"], "the same token, the same messages"
        seen += poll["count"]
        token = poll["next_token"]
    print(f"read {seen} with tokens")

    assert topic in [each["topic"] for each in kafka.topics()]
    newest = kafka.messages(topic, limit=3)
    print("newest:", [each["value"]["id"] for each in newest])

    offset = newest[0]["offset"]
    for _, message in kafka.tail(topic, last_event_id=f"{newest[0]['partition']}:{offset}"):
        print(f"tail shows {message['value']['id']}")
        if message["value"]["id"] == 1002:
            break

    try:
        kafka.consume(f"no-{topic}", group)
    except RuntimeError as error:
        print(f"as it should: {error}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
