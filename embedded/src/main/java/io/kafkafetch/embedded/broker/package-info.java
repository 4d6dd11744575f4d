/**
 * What runs inside the broker's own JVM, on a class path of Kafka's server jars. Nothing else in
 * this module may touch it: those jars are not there in the server's JVM.
 */
@NullMarked
package io.kafkafetch.embedded.broker;

import org.jspecify.annotations.NullMarked;
