package io.kafkafetch.benchmarks.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.postgresql.PGConnection;

/**
 * {@code bootstrap topic group jdbc-url table records}: reads a topic and copies topic, partition,
 * offset and value into a table with a primary key over the first three, 5,000 records a
 * transaction. Nothing else is kept, and nothing would notice a record that comes twice.
 */
final class CopyLoop {
  private static final byte[] HEAD = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int BUFFER = 64 << 10;
  private static final byte JSONB_VERSION = 1;

  private CopyLoop() {}

  static double run(List<String> words) throws SQLException, IOException {
    var table = words.get(4);
    long records = Long.parseLong(words.get(5));
    try (var consumer = Consumers.open(words.get(0), words.get(1), words.get(2));
        var connection = DriverManager.getConnection(words.get(3))) {
      try (var statement = connection.createStatement()) {
        statement.execute(
            "create table "
                + table
                + " (topic text collate \"C\" not null, partition int not null,"
                + " \"offset\" bigint not null, value jsonb, primary key (topic, partition,"
                + " \"offset\"))");
      }
      connection.setAutoCommit(false);
      var room = new byte[BUFFER];
      long done = 0;
      while (done < records) {
        var batch = consumer.poll(Duration.ofSeconds(1));
        if (!batch.isEmpty()) {
          copy(connection.unwrap(PGConnection.class), table, batch, room);
          connection.commit();
          consumer.commitAsync();
          done += batch.count();
        }
      }
      consumer.commitSync();
      return done;
    }
  }

  private static void copy(
      PGConnection connection, String table, ConsumerRecords<byte[], byte[]> batch, byte[] room)
      throws SQLException {
    var sql = "copy " + table + " (topic, partition, \"offset\", value) from stdin (format binary)";
    var copy = connection.getCopyAPI().copyIn(sql);
    var buffer = ByteBuffer.wrap(room).put(HEAD);
    var topic = new byte[0];
    for (var found : batch) {
      if (topic.length == 0) {
        topic = found.topic().getBytes(UTF_8);
      }
      if (buffer.remaining() < 64 + topic.length + found.value().length) {
        copy.writeToCopy(room, 0, buffer.position());
        buffer.clear();
      }
      row(buffer, topic, found);
    }
    buffer.putShort((short) -1);
    copy.writeToCopy(room, 0, buffer.position());
    copy.endCopy();
  }

  private static void row(ByteBuffer buffer, byte[] topic, ConsumerRecord<byte[], byte[]> found) {
    var value = found.value();
    buffer
        .putShort((short) 4)
        .putInt(topic.length)
        .put(topic)
        .putInt(Integer.BYTES)
        .putInt(found.partition())
        .putInt(Long.BYTES)
        .putLong(found.offset())
        .putInt(value.length + 1)
        .put(JSONB_VERSION)
        .put(value);
  }
}
