package io.kafkafetch.application.groups;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.GroupMonitoring.GroupLag;
import io.kafkafetch.application.driving.GroupMonitoring.TimedLag;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The groups of this server's consumers, by the cluster that each consumer names. Clusters are
 * asked side by side, so that one that is away costs the others nothing and is told in place of its
 * lag.
 */
final class ManagedGroups {
  private static final int AT_ONCE = 8;

  private final Map<ClusterAddress, Set<String>> byCluster;

  private ManagedGroups(Map<ClusterAddress, Set<String>> byCluster) {
    this.byCluster = byCluster;
  }

  static ManagedGroups of(Consumers consumers) {
    return new ManagedGroups(
        consumers.list(ConsumerQuery.all()).stream()
            .map(consumer -> consumer.spec())
            .collect(
                groupingBy(
                    spec -> spec.cluster(),
                    mapping(spec -> spec.group().value(), toCollection(TreeSet::new)))));
  }

  /** Finds the lag of some groups, by group, topic and partition. */
  interface Question {
    SortedMap<String, SortedMap<String, SortedMap<Integer, TimedLag>>> ask(
        ClusterGroups.Session session, List<String> groups);
  }

  /** The lag of each group, sorted by its id; one request per kind, broker and cluster. */
  List<GroupLag> lags(ClusterGroups clusters, Question question) {
    var asked = new ArrayList<Callable<List<GroupLag>>>();
    byCluster.forEach((cluster, groups) ->
        asked.add(() -> lags(clusters, cluster, List.copyOf(groups), question)));
    try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      return threads.invokeAll(asked).stream()
          .flatMap(answer -> get(answer).stream())
          .sorted(
              Comparator.comparing(GroupLag::group).thenComparing(lag -> lag.cluster().bootstrap()))
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The server stops", e);
    }
  }

  private static List<GroupLag> lags(
      ClusterGroups clusters, ClusterAddress cluster, List<String> groups, Question question) {
    try {
      return clusters.ask(cluster, session -> question.ask(session, groups)).entrySet().stream()
          .map(lag -> GroupLag.of(lag.getKey(), cluster, lag.getValue()))
          .toList();
    } catch (Refusal refusal) {
      var reason = String.valueOf(refusal.getMessage());
      return groups.stream().map(group -> GroupLag.unknown(group, cluster, reason)).toList();
    }
  }

  private static List<GroupLag> get(Future<List<GroupLag>> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Asking for lag failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The server stops", e);
    }
  }
}
