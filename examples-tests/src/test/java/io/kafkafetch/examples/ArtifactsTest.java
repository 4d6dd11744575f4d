package io.kafkafetch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The artifacts")
class ArtifactsTest {
  private static final Pattern MANAGED =
      Pattern.compile(
          "<groupId>io.kafkafetch</groupId><artifactId>([a-z-]+)</artifactId><version>([^<]+)<");

  @Test
  @DisplayName("are all in the BOM, in the version of the project")
  void bom() {
    var bom = Project.read(Project.pom("bom"));
    var managed = MANAGED.matcher(bom).results().toList();
    var expected = new TreeSet<>(Project.publishedModules());
    expected.remove("bom");

    assertEquals(expected, new TreeSet<>(managed.stream().map(match -> match.group(1)).toList()));
    assertTrue(managed.stream().allMatch(match -> match.group(2).equals(Project.version())));
    assertTrue(bom.contains("<version>" + Project.version() + "</version>\n  <packaging>"));
  }

  @Test
  @DisplayName("say in their POMs what a repository asks of them")
  void metadata() {
    for (var pom : List.of(Project.ROOT.resolve("pom.xml"), Project.pom("bom"))) {
      var text = Project.read(pom);
      for (var element :
          List.of("name", "description", "url", "licenses", "developers", "connection")) {
        assertTrue(text.contains("<" + element + ">"), () -> pom + " has no " + element);
      }
    }
  }
}
