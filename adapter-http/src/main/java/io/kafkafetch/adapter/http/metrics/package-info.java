/**
 * What the server does, in Prometheus' words. Names, units and labels are a promise; they are
 * listed in {@code docs/metrics.md}.
 */
@NullMarked
package io.kafkafetch.adapter.http.metrics;

import org.jspecify.annotations.NullMarked;
