package io.kafkafetch.application.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which sessions to look at when: one entry for each, taken out when the session closes, so that
 * neither many calls nor many short sessions make it grow. Safe for any thread.
 */
final class Expiry {
  private record Entry(Instant at, String id) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int order = at.compareTo(other.at);
      return order == 0 ? id.compareTo(other.id) : order;
    }
  }

  private final TreeSet<Entry> byTime = new TreeSet<>();
  private final Map<String, Entry> byId = new HashMap<>();

  /** Looks at a session then, and not when it was to be looked at before. */
  synchronized void lookAt(String id, Instant at) {
    forget(id);
    var entry = new Entry(at, id);
    byTime.add(entry);
    byId.put(id, entry);
  }

  /** Does not look at a session any more. */
  synchronized void forget(String id) {
    var entry = byId.remove(id);
    if (entry != null) {
      byTime.remove(entry);
    }
  }

  /** Takes out what is to be looked at now. */
  synchronized List<String> due(Instant now) {
    var due = new ArrayList<String>();
    while (!byTime.isEmpty() && !byTime.getFirst().at.isAfter(now)) {
      var entry = byTime.removeFirst();
      byId.remove(entry.id);
      due.add(entry.id);
    }
    return due;
  }

  synchronized int size() {
    return byId.size();
  }
}
