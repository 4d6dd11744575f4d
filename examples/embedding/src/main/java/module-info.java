module example.embedding {
  requires io.kafkafetch.adapter.kafka;
}
