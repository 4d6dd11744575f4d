#!/usr/bin/env bash
# Builds what is not built and starts the server. Works from any working directory; see --help.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"
modules="$root/bootstrap/target/modules"
stamp="$root/bootstrap/target/run.stamp"
build_log="$root/bootstrap/target/build.log"
aot_cache="$root/bootstrap/target/server.aot"
wanted=25

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The major version of a JDK; nothing when there is none that works.
version_of() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  "$1/bin/java" -version 2>&1 | sed -n 's/^[^"]*version "\([0-9]*\).*/\1/p' | head -n 1
}

# The home of the JDK that a java on the PATH belongs to, through symbolic links.
home_of_path_java() {
  local java
  java="$(command -v java)" || return 0
  "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

find_jdk() {
  local home version
  while IFS= read -r home; do
    [ -n "$home" ] || continue
    version="$(version_of "$home" || true)"
    if [ -n "$version" ] && [ "$version" -ge "$wanted" ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done < <(
    printf '%s\n' "${JAVA_HOME:-}"
    # The most probable ones first; what needs another process comes last.
    ls -d /usr/lib/jvm/*"$wanted"* /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
      "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
      "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
      2>/dev/null || true
    home_of_path_java || true
  )
  return 1
}

find_maven() {
  local home
  command -v mvn && return 0
  for home in "${MAVEN_HOME:-}" "${M2_HOME:-}" "${SDKMAN_DIR:-$HOME/.sdkman}/candidates/maven/current"; do
    [ -n "$home" ] && [ -x "$home/bin/mvn" ] && printf '%s\n' "$home/bin/mvn" && return 0
  done
  return 1
}

# One number for everything that the build reads, names and contents.
sources() {
  (
    cd -- "$root"
    {
      find . -path ./bootstrap/target -prune -o -name pom.xml -type f -print
      find ./*/src/main -type f
    } | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum | cksum
  )
}

# Names each module as Maven comes to it, and says now and then that downloads go on.
progress() {
  awk '
    /^\[INFO\] Building .* \[[0-9]+\/[0-9]+\]$/ {
      step = $NF; sub(/^\[INFO\] Building /, ""); sub(/^.* :: /, ""); sub(/ [^ ]+ +\[[0-9]+\/[0-9]+\]$/, "")
      print "  " step " " $0; fflush()
    }
    /^Downloaded from / && ++files % 100 == 0 { print "  … " files " files downloaded"; fflush() }
  '
}

build() {
  local maven
  maven="$(find_maven)" || fail "Maven is needed to build the server and was not found: install Maven 3.8 or newer (apt install maven, brew install maven) and run this again."
  echo "Building the server; the first time this downloads its libraries and takes some minutes …"
  mkdir -p "$root/bootstrap/target"
  rm -f "$stamp"
  # Formatting is the business of whoever changes the sources, not of whoever runs them.
  if ! JAVA_HOME="$jdk" "$maven" -B -f "$root/pom.xml" -P '!format' -DskipTests -pl bootstrap -am package 2>&1 \
    | tee "$build_log" | progress; then
    grep '^\[ERROR\]' "$build_log" | head -n 15 >&2 || tail -n 15 "$build_log" >&2
    fail "The build failed; everything it said is in $build_log"
  fi
  prepare_start
  printf '%s\n' "$1" >"$stamp"
}

# What the server is started with. ALL-DEFAULT: plugins may need parts of Java that the server itself does not.
options=(
  -XX:+ExitOnOutOfMemoryError
  -XX:MaxRAMPercentage=40
  --add-modules com.github.luben.zstd_jni,ALL-DEFAULT
  --enable-native-access=org.lz4.java,snappy.java,com.github.luben.zstd_jni
)
# A collector with threads of its own takes them from the work where there are two cores, and holds twice the memory.
case "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 4):${JAVA_OPTS:-}" in
  *-XX:+Use*GC*) ;;
  1:* | 2:*) options+=(-XX:+UseSerialGC) ;;
esac
main=(-p "$modules" -m io.kafkafetch.bootstrap/io.kafkafetch.bootstrap.Main)

# Starts the server once, with nothing around it, and keeps what the JVM has learned about its classes: from then on it
# starts in less than half the time. Without the cache everything works as well.
prepare_start() {
  local folder server
  folder="$(mktemp -d)"
  rm -f "$aot_cache"
  (
    # Away from any .env file.
    cd -- "$folder"
    exec env -i PATH="$PATH" HTTP_PORT=0 DATA_DIR="$folder/data" KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1 \
      DATABASE_URL=postgresql://none:none@127.0.0.1:1/none \
      "$jdk/bin/java" -XX:AOTCacheOutput="$aot_cache" "${options[@]}" "${main[@]}" >"$folder/log" 2>&1
  ) &
  server=$!
  for _ in $(seq 100); do
    grep -q 'API answers' "$folder/log" 2>/dev/null && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
  done
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$folder"
}

# The cache belongs to these very jars and this very JDK.
fits() {
  [ -f "$aot_cache" ] && [ "$aot_cache" -nt "$jdk/release" ] &&
    [ -z "$(find "$modules" -newer "$aot_cache" -name '*.jar' -print -quit)" ]
}

case "${1:-}" in
  -h | --help)
    cat "$root/bootstrap/src/main/resources/io/kafkafetch/bootstrap/help.txt"
    exit 0
    ;;
  --version)
    sed -n 's/^  <version>\(.*\)<\/version>$/Kafka Fetch Server \1/p' "$root/pom.xml" | head -n 1
    exit 0
    ;;
esac

jdk="$(find_jdk)" || fail "A JDK $wanted or newer is needed and none was found: install one (for example from https://adoptium.net, or sdk install java $wanted-tem) and run this again, or point JAVA_HOME at it."

# For .ci/run, which needs the same JDK.
if [ "${1:-}" = --print-jdk ]; then
  printf '%s\n' "$jdk"
  exit 0
fi

# For the benchmarks, which come after Maven too, and measure the start.
if [ "${1:-}" = --prepare-start ]; then
  prepare_start
  exit 0
fi

# For the benchmarks again, so that they measure what people start.
if [ "${1:-}" = --print-options ]; then
  if fits; then
    options+=(-XX:AOTCache="$aot_cache" -Xlog:aot=off)
  fi
  printf '%s\n' "${options[@]}"
  exit 0
fi

now="$(sources)"

# For tests, which come after Maven has built exactly these sources.
if [ "${1:-}" = --mark-built ]; then
  printf '%s\n' "$now" >"$stamp"
  exit 0
fi

if [ "$now" != "$(cat "$stamp" 2>/dev/null)" ] || [ ! -d "$modules" ]; then
  build "$now"
fi

if fits; then
  # Options of JAVA_OPTS that it does not suit make the JVM do without; that is no error to tell of.
  options+=(-XX:AOTCache="$aot_cache" -Xlog:aot=off)
fi

# The java process takes this one's place, so that signals reach it.
# JAVA_OPTS is split into words on purpose.
# shellcheck disable=SC2086
exec "$jdk/bin/java" "${options[@]}" ${JAVA_OPTS:-} "${main[@]}" "$@"
