package example.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/**
 * Records as JSON texts, component by component: renaming one in Java changes what is stored, so a
 * storage that outlives an upgrade would write them by hand. Everything beyond ASCII is escaped.
 */
final class Documents {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          // Components only, through what is public: modules open nothing to us.
          .disable(
              MapperFeature.AUTO_DETECT_IS_GETTERS, MapperFeature.CAN_OVERRIDE_ACCESS_MODIFIERS)
          .addModule(new Jdk8Module())
          .addModule(times())
          .build();

  private Documents() {}

  private static SimpleModule times() {
    return new SimpleModule()
        .addSerializer(Instant.class, new Texts<>(Instant.class, Documents::micros))
        .addDeserializer(Instant.class, new Parsed<>(Instant.class, Instant::parse))
        .addSerializer(Duration.class, ToStringSerializer.instance)
        .addDeserializer(Duration.class, new Parsed<>(Duration.class, Duration::parse));
  }

  /** Every instant is kept to the microsecond. */
  static Instant micros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record cannot be written as JSON", e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The file holds a " + type.getSimpleName() + " of another version", e);
    }
  }

  private static final class Texts<T> extends ToStringSerializerBase {
    private static final long serialVersionUID = 1L;
    private final transient Function<T, ?> before;

    Texts(Class<T> type, Function<T, ?> before) {
      super(type);
      this.before = before;
    }

    @Override
    @SuppressWarnings("unchecked")
    public String valueToString(Object value) {
      return before.apply((T) value).toString();
    }
  }

  private static final class Parsed<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> parse;

    Parsed(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return parse.apply(text);
    }
  }
}
