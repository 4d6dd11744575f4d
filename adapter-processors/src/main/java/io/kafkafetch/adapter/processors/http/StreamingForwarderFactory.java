package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.SinkCheck;
import io.kafkafetch.domain.processor.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Makes {@code streaming_forwarder}s. */
public final class StreamingForwarderFactory implements ProcessorFactory {
  private final NameResolver resolver;
  private final Supplier<SSLContext> tls;

  /** A factory that resolves names and trusts certificates as this machine does. */
  public StreamingForwarderFactory() {
    this(NameResolver.SYSTEM, StreamingForwarderFactory::systemTls);
  }

  StreamingForwarderFactory(NameResolver resolver, Supplier<SSLContext> tls) {
    this.resolver = resolver;
    this.tls = tls;
  }

  @Override
  public String type() {
    return "streaming_forwarder";
  }

  @Override
  public String description() {
    return "Sends each record, or batches of records, to an HTTP endpoint.";
  }

  @Override
  public ConfigSchema schema() {
    return ForwarderKeys.SCHEMA;
  }

  @Override
  public List<Violation> validate(ProcessorPlan plan) {
    return ForwarderSettings.violations(plan.config());
  }

  @Override
  public List<SinkCheck> check(ProcessorPlan plan) {
    try {
      var settings = ForwarderSettings.of(plan.config());
      return new EndpointCheck(targets(plan.environment()), tls.get(), settings.offerHttp2())
          .of(settings.destination().origin());
    } catch (IllegalArgumentException e) {
      return List.of(new SinkCheck("allowed", false, String.valueOf(e.getMessage())));
    }
  }

  /** Scheme, host and port: a secret header goes to no other place. */
  @Override
  public String destination(ProcessorConfig config) {
    var url = config.text(ForwarderKeys.ENDPOINT_URL, "");
    try {
      var uri = new URI(url);
      return uri.getHost() == null ? url : Origin.of(uri).toString();
    } catch (URISyntaxException e) {
      // No URL, or a reference that is yet to be resolved: only the very same text is that place.
      return url;
    }
  }

  @Override
  public Processor open(ProcessorContext context) {
    var config = context.config();
    var violations = ForwarderSettings.violations(config);
    if (!violations.isEmpty()) {
      return new StreamingForwarder.Refusing(
          new Cause.Fatal(
              violations.stream()
                  .map(violation -> violation.field() + " " + violation.message())
                  .collect(Collectors.joining("; "))));
    }
    try {
      var settings = ForwarderSettings.of(config);
      var targets = targets(context.environment());
      var wire = new Wire(targets, tls.get(), settings.offerHttp2(), settings.timeout().toMillis());
      return new StreamingForwarder(settings, targets, wire, context.environment().clock());
    } catch (IllegalArgumentException e) {
      return new StreamingForwarder.Refusing(new Cause.Fatal(String.valueOf(e.getMessage())));
    }
  }

  private Targets targets(ProcessorEnvironment environment) {
    var allowed = environment.setting(TargetRules.SETTING).orElse("");
    return new Targets(TargetRules.parse(allowed), resolver);
  }

  private static SSLContext systemTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no usable TLS", e);
    }
  }
}
