#!/usr/bin/env bash
# Starts the server on SQLite. Build it first: mvn package. JAVA_HOME is a JDK 25 or newer.
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"

# The java process takes this one's place, so that signals reach it.
# JAVA_OPTS is split into words on purpose.
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -XX:+ExitOnOutOfMemoryError \
  -XX:MaxRAMPercentage=40 \
  --add-modules com.github.luben.zstd_jni \
  --enable-native-access=org.lz4.java,snappy.java,com.github.luben.zstd_jni,org.xerial.sqlitejdbc \
  ${JAVA_OPTS:-} \
  -p "$here/target/modules" -m example.sqlite/example.sqlite.SqliteServer "$@"
