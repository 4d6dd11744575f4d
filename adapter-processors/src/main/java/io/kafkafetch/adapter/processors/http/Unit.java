package io.kafkafetch.adapter.processors.http;

import java.util.Optional;

/**
 * Records of a batch that go into one request.
 *
 * @param from index of the first, inclusive
 * @param to index after the last
 * @param violation why the one record of this unit cannot be sent at all
 */
record Unit(int from, int to, Optional<String> violation) {
  int records() {
    return to - from;
  }
}
