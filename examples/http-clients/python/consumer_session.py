#!/usr/bin/env python3
"""Consume through a session with nothing but the standard library.

    python3 consumer_session.py http://localhost:8000

A session is a Kafka consumer that lives on the server between requests. The
class has its calls: poll, commit, seek, assign, position, close. Below it, the
loops that such a client is for.
"""

import http.client
import json
import sys
import time
import urllib.error
import urllib.request
import uuid


class Problem(Exception):
    """The server's sentence, with its status."""

    def __init__(self, status, detail, retry_after):
        super().__init__(f"{status}: {detail}")
        self.status = status
        self.retry_after = retry_after


def call(method, url, body=None, headers=None):
    request = urllib.request.Request(
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=330) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        raise Problem(error.code, problem["detail"], error.headers["Retry-After"]) from None


class ConsumerSession:
    """One member of a group. Close it, or it ends by itself when nobody polls."""

    def __init__(
        self,
        base_url,
        group_id,
        topics,
        auto_offset_reset="latest",
        session_timeout_ms=30000,
        format="json",
        auto_commit=False,
    ):
        self._api = base_url.rstrip("/") + "/api/consumers/"
        opened = call(
            "POST",
            self._api + "subscribe",
            {
                "group_id": group_id,
                "topics": topics,
                "auto_offset_reset": auto_offset_reset,
                "session_timeout_ms": session_timeout_ms,
                "format": format,
                "auto_commit": auto_commit,
            },
        )
        self.consumer_id = opened["consumer_id"]
        self.assignment = opened["assignment"]
        self._token = opened["next_token"]

    def poll(self, max_records=500, timeout_ms=30000, max_bytes_total=1 << 20, attempts=5):
        """The next records; an empty list when none came in time.

        An answer that was lost on its way is asked for again: the token says
        which one it was, and the server has kept it.
        """
        body = {
            "max_records": max_records,
            "timeout_ms": timeout_ms,
            "max_bytes_total": max_bytes_total,
        }
        for attempt in range(attempts):
            try:
                answer = self._call("POST", "/consume", {**body, "token": self._token})
            except (OSError, http.client.HTTPException, ValueError):
                # Refused, reset, cut in the middle: nobody knows what became of the answer.
                if attempt == attempts - 1:
                    raise
                time.sleep(0.2 * 2**attempt)
            except Problem as problem:
                if problem.retry_after and attempt < attempts - 1:
                    time.sleep(float(problem.retry_after))
                elif problem.status == 409 and not problem.retry_after:
                    # A partition went to another member, who reads on from what is committed.
                    self._token = None
                else:
                    raise
            else:
                self._token = answer["next_token"]
                self.assignment = answer.get("assignment", self.assignment)
                return answer["records"]
        raise TimeoutError(f"No answer after {attempts} attempts")

    def commit(self, offsets=None):
        """Commits what was polled last, or {topic: {partition: next offset}}."""
        return self._call("POST", "/commit", {} if offsets is None else {"offsets": offsets})

    def seek(self, topic, partition, offset):
        """Goes to an offset, "beginning", "end" or {"timestamp": Unix milliseconds}."""
        to = {"offset": offset} if isinstance(offset, int) else {"to": offset}
        answer = self._call("POST", "/seek", {"topic": topic, "partition": partition, **to})
        self._token = answer["next_token"]
        return answer

    def assign(self, topics):
        """Leaves the group and reads {topic: [partition]}."""
        answer = self._call("PUT", "/assignment", {"topics": topics})
        self.assignment = answer["assignment"]
        self._token = answer["next_token"]
        return answer

    def position(self):
        return self._call("GET", "/position")

    def close(self):
        return self._call("DELETE", "")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _call(self, method, path, body=None):
        return call(method, self._api + self.consumer_id + path, body)


def produce(base_url, topic, ids):
    call(
        "POST",
        base_url.rstrip("/") + "/produce/batch",
        [{"topic": topic, "key": str(each), "message": {"id": each}} for each in ids],
    )


def main(base_url):
    run = uuid.uuid4().hex[:8]
    topic, group = f"session-python-{run}", f"session-python-{run}"
    produce(base_url, topic, range(1000))

    # Simple consumer: what was not committed is read again, by this one or by the next.
    seen = []
    with ConsumerSession(base_url, group, [topic], auto_offset_reset="earliest") as consumer:
        print(f"assigned {consumer.assignment[topic]}")
        while len(seen) < 1000:
            for record in consumer.poll(max_records=300):
                seen.append(record["value"]["id"])
            consumer.commit()
    assert seen == list(range(1000))
    print(f"read {len(seen)} in order")

    produce(base_url, topic, range(1000, 1010))
    with ConsumerSession(base_url, group, [topic]) as consumer:
        # The group goes on where it has committed.
        first = consumer.poll(max_records=4)
        print("goes on at", first[0]["offset"], "with", [each["value"]["id"] for each in first])
        committed = consumer.commit({topic: {"0": first[-1]["offset"] + 1}})
        print("committed", committed["offsets"][topic]["0"])
        position = consumer.position()
        print("position", position["offsets"][topic]["0"], "lag", position["lag"][topic]["0"])

        consumer.seek(topic, 0, 0)
        print("from the beginning:", consumer.poll(max_records=1)[0]["value"]["id"])
        consumer.seek(topic, 0, "end")
        print("at the end:", len(consumer.poll(timeout_ms=0)))

        consumer.assign({topic: [0]})
        consumer.seek(topic, 0, 1009)
        print("by hand:", consumer.poll()[0]["value"]["id"])

    try:
        consumer.poll()
    except Problem as problem:
        print(f"as it should: {problem.status}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
