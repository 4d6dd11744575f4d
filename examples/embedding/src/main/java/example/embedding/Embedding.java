package example.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.adapter.kafka.KafkaAdapter;
import io.kafkafetch.adapter.kafka.KafkaSettings;
import io.kafkafetch.application.Application;
import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.domain.processor.Outcome;
import java.io.IOException;

public final class Embedding {
  public static void main(String[] arguments) throws IOException {
    var brokers = arguments.length > 0 ? arguments[0] : "localhost:9092";
    var ports =
        DrivenPorts.inMemory()
            .running(KafkaAdapter.open(KafkaSettings.of(brokers)))
            .handling(
                "print",
                batch -> {
                  for (int i = 0; i < batch.size(); i++) {
                    var value = batch.value(i);
                    System.out.println(value == null ? "(deleted)" : new String(value, UTF_8));
                  }
                  return Outcome.DELIVERED;
                });
    try (var application = Application.over(ports).start()) {
      var draft = ConsumerDraft.of("orders", "printer").from(brokers);
      application.consumers().create(draft.into(ProcessorDraft.of("print")).started());
      System.in.read(); // until Enter is pressed
    }
  }
}
