package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.draft;

import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.util.OptionalLong;

/** The service under test with a world of its own for each test. */
abstract class ServiceCalls {
  static final OptionalLong ANY = OptionalLong.empty();
  final GivenService given = new GivenService();

  String created(String topic, String group) {
    return id(given.consumers.create(draft(topic, group)));
  }

  static String id(ConsumerView view) {
    return view.consumer().id().toString();
  }

  ProcessorConfig stored(String id) {
    return given
        .storage
        .consumers()
        .find(given.consumers.get(id).consumer().id())
        .orElseThrow()
        .spec()
        .processors()
        .getFirst()
        .config();
  }
}
