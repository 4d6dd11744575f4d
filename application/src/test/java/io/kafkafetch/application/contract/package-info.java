/**
 * What every adapter of a driven port must keep, as tests: one abstract class per port.
 *
 * <p>To put an adapter of your own to the test, take the application's test-jar as a test
 * dependency (type {@code test-jar}, together with JUnit Jupiter and Awaitility), and extend each
 * contract by a class that opens your storage:
 *
 * {@snippet :
 * class SqliteConsumersTest extends ConsumersContract {
 *   @Override
 *   protected Storage open() {
 *     return SqliteStorage.open(Files.createTempFile("contract", ".db"));
 *   }
 * }
 * }
 *
 * <p>A broker is opened as a {@link io.kafkafetch.application.contract.TestCluster}, which also
 * offers a way past the adapter, to produce records and to see what was committed. Its members are
 * tested with the real delivery engine and {@link
 * io.kafkafetch.application.contract.RecordingSinks}.
 *
 * <p>The tests of a named module may extend them too: Surefire patches such tests into the module,
 * which then reads the contracts from the class path. A descriptor of its own for tests requires
 * them as {@code io.kafkafetch.application.contract}.
 */
@NullMarked
package io.kafkafetch.application.contract;

import org.jspecify.annotations.NullMarked;
