/** The rules of the product, free of clocks, threads and libraries. */
module io.kafkafetch.domain {
  requires static transitive org.jspecify;

}
