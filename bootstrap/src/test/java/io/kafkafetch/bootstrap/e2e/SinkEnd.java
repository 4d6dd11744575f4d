package io.kafkafetch.bootstrap.e2e;

/** Where the numbers arrive that a consumer delivers, and a way to cut it off. */
interface SinkEnd extends AutoCloseable {
  /** One entry of {@code processor_configs}. */
  String processor();

  /** From now on nothing gets there. */
  void cut();

  /** Things get there again. */
  void heal();

  /** How many different numbers have arrived, over all partitions. */
  long arrived();

  /** Fails unless each number below is there in order, as often as this sink promises. */
  void assertComplete(int partitions, int each);

  @Override
  void close();
}
