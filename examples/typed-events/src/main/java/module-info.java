module example.events {
  requires io.kafkafetch.events;
}
