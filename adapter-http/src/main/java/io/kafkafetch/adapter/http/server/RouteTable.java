package io.kafkafetch.adapter.http.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which methods are answered at which address. Asked before the router is, so that an unknown
 * method or address never gets that far: the router keeps every method name it has ever seen.
 */
public final class RouteTable {
  private record Entry(Route route, List<String> segments) {}

  private final List<Entry> entries;

  RouteTable(List<Route> routes) {
    entries = routes.stream().map(route -> new Entry(route, route.segments())).toList();
  }

  /** Every route, in the order in which they were added. */
  public List<Route> routes() {
    return entries.stream().map(Entry::route).toList();
  }

  /**
   * The methods that are answered at an address, sorted; empty when there is nothing.
   *
   * @param path as it was sent, still encoded
   */
  Set<String> methodsAt(String path) {
    var segments = segments(path);
    var methods = new TreeSet<String>();
    for (var entry : entries) {
      if (matches(entry.segments, segments)) {
        methods.add(entry.route.method());
      }
    }
    return methods;
  }

  /** Every method that is answered somewhere, sorted. */
  Set<String> methods() {
    var methods = new TreeSet<String>();
    entries.forEach(entry -> methods.add(entry.route.method()));
    return methods;
  }

  private static boolean matches(List<String> template, List<String> segments) {
    if (template.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      var part = template.get(i);
      boolean same =
          part.startsWith("{") ? !segments.get(i).isEmpty() : part.equals(segments.get(i));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** The parts between slashes; a trailing slash means nothing. */
  static List<String> segments(String path) {
    int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
    var segments = new ArrayList<String>();
    int from = 1;
    while (from <= end) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 || slash > end ? end : slash;
      segments.add(path.substring(from, to));
      from = to + 1;
    }
    return segments;
  }
}
