package io.kafkafetch.adapter.http.processors;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ProcessorCatalog;
import java.io.IOException;

/** Which processors a consumer can have. */
public final class ProcessorRoutes implements RouteGroup {
  private final ProcessorCatalog catalog;

  /** Routes to that catalogue. */
  public ProcessorRoutes(ProcessorCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public String description() {
    return "processors";
  }

  @Override
  public void register(Router router) {
    router.get("/processors", this::list);
  }

  private void list(Exchange exchange) throws IOException {
    exchange.query().end();
    var types = catalog.types();
    exchange.answer(
        200,
        out -> {
          out.writeStartArray();
          for (var type : types) {
            out.writeStartObject();
            out.writeStringField("processor_type", type.name());
            out.writeStringField("description", type.description());
            out.writeFieldName("config_schema");
            ConfigSchemaJson.write(out, type.schema());
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
