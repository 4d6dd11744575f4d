package io.kafkafetch.adapter.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSON;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, at the start, by which key the secrets of a database are encrypted, and encrypts them
 * all when a key is set for the first time. Runs under the lock of the migrations.
 */
final class SecretsAtRest {
  private static final Logger LOG = LoggerFactory.getLogger(SecretsAtRest.class);
  private static final int SALT_BYTES = 16;

  /** What OWASP advises for PBKDF2 with HMAC-SHA-256; some tenths of a second, once. */
  private static final int ITERATIONS = 600_000;

  private static final String PROOF_PLACE = "proof";
  private static final String PROOF = "These secrets are encrypted with this key.";

  private final Connection connection;
  private final String address;

  SecretsAtRest(Connection connection, String address) {
    this.connection = connection;
    this.address = address;
  }

  /** What the database knows of its key; the salt in Base64. */
  private record Known(String salt, int iterations, String proof, boolean cleaned) {}

  /**
   * The seal that specs are written and read with; empty when nothing is encrypted.
   *
   * @throws SecretKeyException when the key is missing or another one
   */
  Optional<Seal> open(Optional<String> secretKey) throws SQLException {
    var known = known();
    if (known.isEmpty()) {
      return secretKey.isPresent() ? Optional.of(sealAll(secretKey.get())) : Optional.empty();
    }
    var key =
        secretKey.orElseThrow(() ->
            new SecretKeyException(
                "SECRET_KEY is not set, but the secrets in the database at "
                    + address
                    + " are encrypted: set it to the key that they were encrypted with."));
    var seal =
        Seal.of(key, Base64.getDecoder().decode(known.get().salt()), known.get().iterations());
    if (!proves(seal, known.get().proof())) {
      throw new SecretKeyException(
          "SECRET_KEY is not the key that the secrets in the database at "
              + address
              + " were encrypted with.");
    }
    if (!known.get().cleaned()) {
      clean();
    }
    return Optional.of(seal);
  }

  private static boolean proves(Seal seal, String proof) {
    try {
      return seal.open(proof, PROOF_PLACE).equals(PROOF);
    } catch (Json.Unreadable another) {
      return false;
    }
  }

  private Optional<Known> known() throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select encode(salt, 'base64'), iterations, proof, cleaned"
                    + " from kafkafetch.secret_key")) {
      return row.next()
          ? Optional.of(
              new Known(row.getString(1), row.getInt(2), row.getString(3), row.getBoolean(4)))
          : Optional.empty();
    }
  }

  /** All or nothing, and nobody writes meanwhile: afterwards no plain spec gets in any more. */
  private Seal sealAll(String secretKey) throws SQLException {
    var salt = Seal.randomBytes(SALT_BYTES);
    var seal = Seal.of(secretKey, salt, ITERATIONS);
    connection.setAutoCommit(false);
    try {
      execute("lock table kafkafetch.consumers, kafkafetch.consumer_versions in exclusive mode");
      remember(salt, seal);
      int sealed = sealTable(seal, "consumers", "id", "revision");
      sealed += sealTable(seal, "consumer_versions", "consumer_id", "revision");
      connection.commit();
      LOG.info("SECRET_KEY is set: secrets are encrypted from now on, {} specs were", sealed);
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
    clean();
    return seal;
  }

  private void remember(byte[] salt, Seal seal) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into kafkafetch.secret_key (salt, iterations, proof) values (?, ?, ?)")) {
      insert.setBytes(1, salt);
      insert.setInt(2, ITERATIONS);
      insert.setString(3, seal.close(PROOF, PROOF_PLACE));
      insert.executeUpdate();
    }
  }

  private int sealTable(Seal seal, String table, String id, String revision) throws SQLException {
    var plain = new SpecJson(Optional.empty());
    var sealing = new SpecJson(Optional.of(seal));
    int rows = 0;
    var select = "select %s, %s, spec from kafkafetch.%s".formatted(id, revision, table);
    var update =
        "update kafkafetch.%s set spec = ?::json where %s = ? and %s = ?"
            .formatted(table, id, revision);
    try (var reading = connection.createStatement();
        var writing = connection.prepareStatement(update)) {
      // A cursor, for histories that would not fit into memory.
      reading.setFetchSize(500);
      try (var row = reading.executeQuery(select)) {
        while (row.next()) {
          var consumer = row.getObject(1, UUID.class);
          writing.setString(1, sealed(plain, sealing, consumer, row.getString(3)));
          writing.setObject(2, consumer);
          writing.setLong(3, row.getLong(2));
          rows += writing.executeUpdate();
        }
      }
    }
    return rows;
  }

  private static String sealed(SpecJson plain, SpecJson sealing, UUID consumer, String spec) {
    try {
      return sealing.write(plain.read(JSON.json(spec))).data();
    } catch (Json.Unreadable e) {
      throw new IllegalStateException(
          "Secrets cannot be encrypted: consumer "
              + consumer
              + " is stored in a form that cannot be read: it "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Updated rows leave the old ones in their pages until these are written anew. What was written
   * ahead or backed up before is beyond our reach.
   */
  private void clean() throws SQLException {
    try {
      execute("vacuum (full) kafkafetch.consumers");
      execute("vacuum (full) kafkafetch.consumer_versions");
      execute("update kafkafetch.secret_key set cleaned = true");
    } catch (SQLException e) {
      LOG.warn(
          "Pages that held secrets before SECRET_KEY was set could not be written anew (SQLSTATE"
              + " {}); tried again at the next start",
          e.getSQLState());
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
