#!/usr/bin/env bash
# Builds what is not built and answers a question about speed; see --help.
set -euo pipefail

here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
root="$(dirname -- "$here")"

usage() {
  cat <<'TEXT'
Usage: ./benchmarks/run.sh QUESTION [--quick] [--rounds N] [--records N] [--profile]

Runs the peers, the raw limit and this server in turn, several rounds, and prints medians and ratios.
Broker, PostgreSQL and peers come from Maven Central and are started and stopped by the run.

  file-sink       topic to file: a bare consumer loop, Kafka Connect's FileStreamSink, file_sink
  database-sink   topic to PostgreSQL: a bare COPY loop, Debezium's JDBC sink, database_sync
  forwarder       topic to HTTP: a bare client, a bare consumer, streaming_forwarder
  http-produce    /produce and /produce/batch: a route that does nothing, a bare producer
  http-consume    sessions of 500 records a poll: a bare consumer
  latency         from produce to a waiting poll, on an idle machine: a bare consumer
  density         1,000 idle consumers in 512 MiB, 200 backlogged ones in 1 GiB
  management      10,000 stored consumers; the lag of 1,000 groups
  start           from start to healthy, and memory: Kafka Connect
  all             every question above
  micro [REGEX]   JMH, for the hot parts of the record path
  plots           draws docs/plots from the raw results in benchmarks/results

  --quick         fewer records and rounds: each question is answered in two minutes
  --rounds N      rounds that count, after one that does not (5; with --quick 2)
  --records N     how many records are in the topic
  --profile       records a JFR profile of this server under benchmarks/target/work
  --save          writes the raw results to benchmarks/results, where plots and docs take them from
TEXT
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

case "${1:-}" in
  "" | -h | --help)
    usage
    exit 0
    ;;
esac

jdk="$("$root/run.sh" --print-jdk)"
maven="$(command -v mvn || true)"
[ -n "$maven" ] || maven="${MAVEN_HOME:-}/bin/mvn"
[ -x "$maven" ] || fail "Maven is needed and was not found."
log="$here/target/build.log"
mkdir -p "$here/target"

run_maven() {
  if ! JAVA_HOME="$jdk" "$maven" -B -ntp "$@" >"$log" 2>&1; then
    grep '^\[ERROR\]' "$log" | head -n 15 >&2 || tail -n 15 "$log" >&2
    fail "The build failed; everything it said is in $log"
  fi
}

# One number for everything that the build reads, names and contents.
sources() {
  (
    cd -- "$root"
    {
      find . -name target -prune -o -name pom.xml -type f -print
      find ./*/src/main -type f
    } | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum | cksum
  )
}

now="$(sources)"
if [ "$now" != "$(cat "$here/target/run.stamp" 2>/dev/null)" ] || [ ! -f "$here/target/class-path" ]; then
  echo "Building …"
  run_maven -f "$root/pom.xml" -P '!format' -DskipTests -pl benchmarks -am package
  "$root/run.sh" --prepare-start
  printf '%s\n' "$now" >"$here/target/run.stamp"
fi

peers="$(cksum <"$here/peers/pom.xml")"
if [ "$peers" != "$(cat "$here/target/peers.stamp" 2>/dev/null)" ]; then
  echo "Fetching the peers …"
  rm -rf "$here/peers/target"
  run_maven -f "$here/peers/pom.xml" package
  printf '%s\n' "$peers" >"$here/target/peers.stamp"
fi

# A word each, none with a blank: the options that run.sh starts the server with.
server_options="$("$root/run.sh" --print-options | tr '\n' ' ')"

exec "$jdk/bin/java" \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Dbenchmarks.root="$root" -Dbenchmarks.server.options="$server_options" \
  -cp "$here/target/classes:$(cat "$here/target/class-path")" \
  io.kafkafetch.benchmarks.Benchmarks "$@"
